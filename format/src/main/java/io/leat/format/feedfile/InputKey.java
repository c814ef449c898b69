package io.leat.format.feedfile;

/** What a feed is called, where its scrapes are, and how each is read. */
enum InputKey implements FeedKey {
    FEED(
            "feed",
            "text",
            "required",
            "b2b-prices",
            "The feed's name: 1 to 63 of `a-z`, `0-9` and `-`. Topics are named after it."),
    SOURCE("source", "block", "see below", "{topic: raw-scrapes-b2b}", "Where the scrapes are."),
    SOURCE_TOPIC(
            "source.topic",
            "text",
            "`<feed>.raw`",
            "raw-scrapes-b2b",
            "The Kafka topic of raw scrapes. What a producer writes in a transaction is read once that is committed:"
                    + " until then what stands behind it in its partition waits too."),
    SOURCE_PARTITIONS(
            "source.partitions",
            "whole number, 1 to 10000",
            "4",
            "8",
            "How many partitions the topic gets if Leat creates it. An existing topic keeps its own."),
    SOURCE_PRESET(
            "source.preset",
            "`scrapy_cluster`",
            "none",
            "scrapy_cluster",
            "Who writes the topic. Fills in what the file leaves out of `key`, `time` and `changes`: `scrapy_cluster`"
                    + " reads its `crawled` topics as they are, with `key: [appid, url]`, `time: {field: timestamp,"
                    + " format: utc}` and `changes: {ignore: [crawlid, spiderid, attrs, request_headers,"
                    + " response_headers, timestamp]}`."),
    SOURCE_PROPERTIES(
            "source.properties",
            "block of text",
            "none",
            "{security.protocol: SASL_SSL}",
            "Settings passed to the Kafka clients: connection and security only, listed at the end of this page."),
    CONTRACT(
            "contract",
            "path, or list of paths",
            "none: any JSON object with key and time",
            "price.schema.json",
            "The JSON Schema an item must keep, relative to the feed file and in its directory or below. A list holds"
                    + " versions side by side, newest first; the version's name is the file's without `.schema.json`."),
    KEY(
            "key",
            "field path, or list of field paths and `rest_of` entries",
            "required",
            "[source, record.sku]",
            "What identifies an item over time. A record that lacks one of these fields, or has it empty, is refused."),
    KEY_REST_OF(
            "key[].rest_of",
            "field path, or `\".\"` for the record itself",
            "none",
            "record",
            "Takes every field of an object into the key, for sites whose items have no number of their own."),
    KEY_EXCEPT(
            "key[].except",
            "name, or list of names",
            "none",
            "[name, price]",
            "The fields of `rest_of` left out of the key."),
    TIME(
            "time",
            "field path, or block",
            "required",
            "extracted_at",
            "When the record was scraped. A path alone means `time.field`."),
    TIME_FIELD("time.field", "field path", "required", "extracted_at", "The moment of extraction."),
    TIME_FORMAT(
            "time.format",
            "`rfc3339`, `epoch_s`, `epoch_ms` or `utc`",
            "rfc3339",
            "epoch_ms",
            "How the moment is written: date and time with offset, seconds or milliseconds since 1970, or date and time"
                    + " without offset, in UTC."),
    TIME_TIE_BREAK(
            "time.tie_break",
            "field path",
            "a hash of the content",
            "seq",
            "A whole number that orders records of one key and moment, such as a sequence number."),
    TIME_MAX_SKEW(
            "time.max_skew",
            "duration, 0ms to 365d",
            "10m",
            "1h",
            "How far a record may be ahead of the broker's clock. One further ahead is refused."),
    TIME_OUT_OF_ORDERNESS(
            "time.out_of_orderness",
            "duration, 0ms to 1h, or `auto`",
            "0ms: whatever is newest is told at once",
            "200ms",
            "How long each record waits for older ones of its key, counted from when the broker took it. `auto` waits"
                    + " as long as each source (the first field of the key) has shown to need for 99.9 % of its records to"
                    + " be in order, at most 1m. At the end of `leat run --until-end` whoever still waits goes. A dry run holds"
                    + " nothing back."),
    TIME_LATE(
            "time.late",
            "`drop`, `dead_letter` or `tell`",
            "tell",
            "dead_letter",
            "What becomes of a record that comes after a newer one of its key has been let go. `drop`: it is counted."
                    + " `dead_letter`: it is also kept in `<feed>.late`. `tell`: it is judged all the same, and told if"
                    + " nothing newer of its key has been told. The next record after a reset is never late, nor is one"
                    + " of a key that was forgotten by `expire_after`."),
    TIME_IDLE_AFTER(
            "time.idle_after",
            "duration, 100ms to 1h",
            "10s",
            "30s",
            "How long a partition of scrapes may be silent before the time of windows goes on without it.");

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts
    private final FeedKey.Text text;

    InputKey(String path, String type, String fallback, String example, String meaning) {
        text = new FeedKey.Text(path, type, fallback, example, meaning);
    }

    @Override
    public FeedKey.Text text() {
        return text;
    }
}
