package io.leat.format.feedfile;

import java.util.Arrays;
import java.util.List;

/** Every key of a feed file: what the reader knows and what the reference tells. */
enum FeedKey {
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
            "How long a partition of scrapes may be silent before the time of windows goes on without it."),
    CHANGES(
            "changes",
            "block",
            "every field but the time counts",
            "{compare: [record.price]}",
            "Which fields tell a change: `compare` or `ignore`, not both."),
    CHANGES_COMPARE(
            "changes.compare",
            "field path, or list of them",
            "none",
            "[record.price]",
            "Only these fields tell a change."),
    CHANGES_IGNORE(
            "changes.ignore",
            "field path, or list of them",
            "none",
            "[record.votes]",
            "Every field tells a change but these and what lies within them. `time.field` and `time.tie_break` are"
                    + " always ignored."),
    CHANGES_FORMERLY(
            "changes.formerly",
            "block of field paths",
            "none",
            "{record.price: [record.price_usd]}",
            "Earlier names of compared fields, tried in this order where the present one is absent: a renamed field is"
                    + " not a change. A former name is normalized as the present one is."),
    CHANGES_TOLERANCE(
            "changes.tolerance",
            "block of numbers, with or without `%`",
            "none: every difference counts",
            "{record.price: 0.5%}",
            "How far a number may stray from the last value *told* before that is worth telling; exactly so far is"
                    + " not. Small steps add up, so they cannot creep away. A value that is no number on both sides counts"
                    + " if it differs. What is told tells every difference, small ones too."),
    CHANGES_DEBOUNCE(
            "changes.debounce",
            "block of durations, 1ms to 3650d",
            "none: told at once",
            "{record.in_stock: 10m}",
            "For flapping fields. A new value is told by the first scrape that still shows it this long after the"
                    + " first that showed it, both by event time; a scrape in between that shows another one starts anew."
                    + " If a field without `debounce` changes as well, everything is told at once."),
    CHANGES_FINGERPRINT(
            "changes.fingerprint",
            "field path, or list of them",
            "none",
            "[record.title]",
            "Texts in which white space, letter case and Unicode form (NFKC) do not tell a change."),
    CHANGES_FIRST_SEEN(
            "changes.first_seen",
            "`emit` or `seed`",
            "emit",
            "seed",
            "The first scrape of a key is told as `new`, or remembered silently: then its first change is told as"
                    + " `update` with `seq` 1."),
    CHANGES_HOLD(
            "changes.hold",
            "block of blocks",
            "none: every value is told",
            "{record.price: {ratio: [0.2, 5], unit_flip: true}}",
            "Numbers too strange to be told on one scrape's word. Such a scrape is held in `<feed>.held` and told when"
                    + " a later one shows the same (within the field's tolerance) in `confirm_within`, or when a person"
                    + " releases it with `leat held`. A plausible scrape in between replaces it."),
    HOLD_RATIO(
            "changes.hold[].ratio",
            "list of two numbers",
            "none",
            "[0.2, 5]",
            "The least and the greatest plausible share of the last value told, or of its average: see `of`."),
    HOLD_OF(
            "changes.hold[].of",
            "`last` or `average`",
            "last",
            "last",
            "What `ratio` is a share of: the last value told, or the moving average of the values told, if `average`"
                    + " names the field. The value told last is always plausible."),
    HOLD_FLOOR("changes.hold[].floor", "number", "none", "0.01", "The least plausible value."),
    HOLD_CEILING("changes.hold[].ceiling", "number", "none", "100000", "The greatest plausible value."),
    HOLD_UNIT_FLIP(
            "changes.hold[].unit_flip",
            "`true` or `false`",
            "false",
            "true",
            "Whether 98 to 102 times the last value told, or as small a part of it, is implausible: cents taken for"
                    + " units."),
    CHANGES_CONFIRM_WITHIN(
            "changes.confirm_within",
            "duration, 1ms to 3650d",
            "24h",
            "6h",
            "How long, by event time, a held scrape waits for one that agrees. Longer than the time between two"
                    + " scrapes."),
    CHANGES_AVERAGE(
            "changes.average",
            "block of durations, 1s to 3650d",
            "none: no averages",
            "{record.price: 30d}",
            "Numbers of which a moving average is kept, and its half-life. Each value told counts for as long as it"
                    + " stood, by event time; what lies a half-life back counts half. Changes carry it as `average`,"
                    + " without the new value, so that conditions of `sinks` can use it: `after.record.price < 0.8 *"
                    + " average.record.price`."),
    CHANGES_GONE_AFTER(
            "changes.gone_after",
            "duration, 1s to 3650d",
            "never",
            "48h",
            "A key that was not seen for so long, by event time, is told as `gone`, if its site's coverage was normal"
                    + " (see `gone.coverage`). When it appears again it is told as `back`. Looked at eight times in the"
                    + " span."),
    CHANGES_GONE(
            "changes.gone",
            "block",
            "see below",
            "{crawl_end: {field: event, value: done, started: began_at}}",
            "What a site is, and when its keys may be told as gone."),
    GONE_BY(
            "changes.gone.by",
            "field path",
            "none: all keys are of one site",
            "k",
            "The field of the key that names its site."),
    GONE_COVERAGE(
            "changes.gone.coverage",
            "percentage",
            "50%",
            "80%",
            "The least share of a site's keys that must have been seen, in `gone_after` or since the crawl began,"
                    + " before any of the others is told as gone: a blocked crawl delists nothing, even if it says that it"
                    + " is complete."),
    GONE_CRAWL_END(
            "changes.gone.crawl_end",
            "block",
            "none",
            "{field: event, value: done, started: began_at}",
            "How a record says that a complete crawl has ended. It is no scrape. A minute of event time later every"
                    + " key of the site that was not seen since the crawl began is told as gone, if the crawl saw the"
                    + " site's `coverage`."),
    CRAWL_END_FIELD("changes.gone.crawl_end.field", "field path", "required", "event", "Where the mark stands."),
    CRAWL_END_VALUE("changes.gone.crawl_end.value", "text", "required", "done", "The text that marks the end."),
    CRAWL_END_STARTED(
            "changes.gone.crawl_end.started",
            "field path",
            "required",
            "began_at",
            "When the crawl began, written like `time.field`, which says when it ended."),
    CRAWL_END_SITE(
            "changes.gone.crawl_end.site", "field path", "none", "k", "The site crawled, where `gone.by` names one."),
    CHANGES_EXPIRE_AFTER(
            "changes.expire_after",
            "duration, 1s to 3650d",
            "never",
            "30d",
            "A key that was not seen for longer, by event time, is forgotten: should it return, it is told as `new`"
                    + " and its `seq` begins at 1 again, with another `first_seen`. A key that is seen is never told again"
                    + " because of it. Memory is freed after twice the time; a scrape of a key that is not known is stale if it"
                    + " is so old that it may have been told before."),
    NORMALIZE(
            "normalize",
            "block of field paths",
            "none: values are taken as scraped",
            "{price: {as: money, currency: currency}, title: text}",
            "Fields whose values are made comparable before key, time and changes are looked at. The normal form"
                    + " replaces the value; what was scraped is kept in the change's `scraped`. A word alone means `as`. A"
                    + " field that is absent or null stays so."),
    NORMALIZE_AS(
            "normalize[].as",
            "`money`, `number`, `unit_price`, `availability`, `text`, `url`, `timestamp` or `boolean`",
            "required",
            "money",
            "What the value is. `money`, `number` and `unit_price` become exact numbers, a unit price that of one kg,"
                    + " l, m, m2 or piece; `availability` one of the words `in_stock`, `limited`, `out_of_stock`,"
                    + " `sold_out`, `preorder`, `backorder`, `discontinued`, `in_store_only`, `online_only`; `timestamp`"
                    + " RFC 3339 in UTC; `boolean` true or false; `url` and `text` one spelling."),
    NORMALIZE_CURRENCY(
            "normalize[].currency",
            "field path",
            "the currency does not matter",
            "currency",
            "For `money` and `unit_price`: the field that gets the ISO 4217 code, or null if no currency is named."
                    + " What stood there decides where the price itself leaves it open. A mark that several currencies"
                    + " share (`kr`), or that ISO 4217 has no code for (`¢`), is not guessed at: the field gets the mark"
                    + " as it stands, which is never a code. A region in `locale` decides such marks."),
    NORMALIZE_LOCALE(
            "normalize[].locale",
            "`auto`, a language such as `de`, language and region such as `en-IN`, or with a script `zh-Hant-TW`",
            "auto",
            "de",
            "For `money`, `number` and `unit_price`: decides whether `1.299` is a thousand or one and a bit, and which"
                    + " dollar `$` is. With `auto` the text itself has to show it; where it does not, it is ambiguous."
                    + " Where the text shows it, as `1,299.00` does, the locale decides nothing. Separators are those of"
                    + " Unicode CLDR; for `en-ZA` it is the point that shops there write."),
    NORMALIZE_SEVERAL(
            "normalize[].several",
            "`first`, `lowest`, `highest` or `refuse`",
            "first",
            "lowest",
            "For `money`: which price counts where a text holds several, or a range. `refuse` makes the text"
                    + " ambiguous."),
    NORMALIZE_NEGATIVE(
            "normalize[].negative",
            "`allow` or `refuse`",
            "allow",
            "refuse",
            "For `money`: whether an amount below zero, such as `-5.00 €`, is told or has no normal form. What may be"
                    + " below zero or not, such as `(5.00)` or `5.00-`, is ambiguous either way."),
    NORMALIZE_UNIT(
            "normalize[].unit",
            "field path",
            "the unit does not matter",
            "unit",
            "For `unit_price`: the field that gets the base unit."),
    NORMALIZE_ZONE(
            "normalize[].zone",
            "time zone such as `Europe/Berlin`",
            "none: a time without offset is ambiguous",
            "Europe/Berlin",
            "For `timestamp`: where times without an offset were written."),
    NORMALIZE_ORDER(
            "normalize[].order",
            "`auto`, `day_first` or `month_first`",
            "auto",
            "day_first",
            "For `timestamp`: how `07/02/2026` is meant. With `auto` it is ambiguous unless a weekday, or a word of a"
                    + " language that writes the day first, decides; with points it is the day first."),
    NORMALIZE_LANGUAGES(
            "normalize[].languages",
            "language, or list of languages",
            "every language in [words](words.md)",
            "[hr, sl]",
            "For `timestamp`: the languages that names of months and weekdays may be of. Only they are known then, and"
                    + " a name that means different months in different languages (`listopada`) is no longer ambiguous."),
    NORMALIZE_CALENDAR(
            "normalize[].calendar",
            "`gregorian`, `buddhist`, `persian` or `islamic`",
            "gregorian",
            "buddhist",
            "For `timestamp`: whose years and months dates are written in. Without it a year outside of 1900 to 2199"
                    + " is refused, for it is one of another calendar. What machines write (`2026-02-07T17:22:01Z`) is"
                    + " always gregorian."),
    NORMALIZE_WORDS(
            "normalize[].words",
            "block of states, each with a phrase or a list of phrases",
            "none",
            "{in_stock: [Add to cart], backorder: Ships in 2 weeks}",
            "For `availability`: phrases that this site uses, by the state they mean. They come before all that is"
                    + " known; a text that is such a phrase as a whole means just that."),
    NORMALIZE_BASE(
            "normalize[].base",
            "absolute http or https address",
            "none: relative addresses are refused",
            "https://shop.example/",
            "For `url`: the page that relative addresses (`/p/1`, `?id=7`) are relative to."),
    NORMALIZE_DROP(
            "normalize[].drop",
            "name, or list of names",
            "none",
            "[band_rank, ref_*]",
            "For `url`: parameters of this site that name nothing, dropped beside those that are known. A star at the"
                    + " end stands for any ending; small and capital letters are alike."),
    NORMALIZE_KEEP(
            "normalize[].keep",
            "name, or list of names",
            "none",
            "[trk]",
            "For `url`: parameters that name something on this site and stay, though they are known as trackers."),
    NORMALIZE_FRAGMENT(
            "normalize[].fragment",
            "`auto`, `keep` or `drop`",
            "auto",
            "drop",
            "For `url`: what becomes of what stands behind `#`. With `auto` a route stays, such as `#/product/1` or"
                    + " `#!item=12`, for it names a page; an anchor goes."),
    NORMALIZE_ON_FAILURE(
            "normalize[].on_failure",
            "`refuse` or `null`",
            "refuse",
            "null",
            "What becomes of a value that has no normal form, or several: the scrape is refused as a dead letter, or"
                    + " the field is null."),
    WATCH(
            "watch",
            "block",
            "nothing is watched",
            "{by: source}",
            "Tells in `<feed>.alerts` when a field of one site starts to be refused, goes missing, turns empty or"
                    + " changes its type, and when that is over. A field is judged once its site has been seen for a day"
                    + " and 300 records, or for 10,000 records."),
    WATCH_BY("watch.by", "field path", "required", "source", "The field that names a scrape's site."),
    LOG("log", "block", "see below", "{partitions: 4}", "How the change log is written."),
    LOG_PARTITIONS(
            "log.partitions",
            "whole number, 1 to 10000",
            "2",
            "4",
            "How many partitions the change log is created with. The job's parallelism must divide it."),
    LOG_COMMIT_EVERY(
            "log.commit_every",
            "duration, 1ms to 30s",
            "5ms",
            "20ms",
            "The longest a change waits for its commit to begin. While commits themselves take longer, as on a busy"
                    + " broker, twice their time lies between two, up to 50 ms."),
    LOG_COMMIT_RECORDS(
            "log.commit_records", "whole number, 1 to 1000000", "5000", "1000", "The most changes in one transaction."),
    LIMITS(
            "limits",
            "block",
            "see below",
            "{depth: 16}",
            "How much of a scrape is read before it is refused. Each limit has a code of its own in the dead letter."),
    LIMITS_BYTES("limits.bytes", "whole number, 2 to 1048576", "1048576", "65536", "The most bytes of a record."),
    LIMITS_DEPTH(
            "limits.depth", "whole number, 1 to 256", "64", "16", "The most objects and arrays within one another."),
    LIMITS_TOKENS(
            "limits.tokens", "whole number, 2 to 1048576", "250000", "10000", "The most names and values of a record."),
    LIMITS_NAME("limits.name", "whole number, 1 to 65536", "256", "64", "The most characters of a member's name."),
    LIMITS_STRING("limits.string", "whole number, 1 to 1048576", "262144", "10000", "The most characters of a text."),
    LIMITS_NUMBER(
            "limits.number",
            "whole number, 1 to 1000",
            "100",
            "20",
            "The most digits of a number, those of its exponent included."),
    LIMITS_DUPLICATES(
            "limits.duplicates",
            "`refuse` or `last`",
            "refuse",
            "last",
            "What becomes of a record that has a name twice in one object: it is refused, or the last one counts."),
    STATE(
            "state",
            "`memory`, `disk`, or block",
            "memory",
            "disk",
            "Where what is known of the keys is held while the job runs. A word alone means `state.in`."),
    STATE_IN(
            "state.in",
            "`memory` or `disk`",
            "memory",
            "disk",
            "On the heap, the fastest as long as it fits, or in RocksDB. What is told is the same."),
    STATE_LIMIT(
            "state.limit",
            "size: whole number and `KB`, `MB`, `GB` or `TB`",
            "none",
            "4GB",
            "How large the state may grow, measured as the last checkpoint holds it; the heap takes several times"
                    + " that. From three quarters of it on an alarm stands in the panel, in the log file and in"
                    + " `<feed>.alerts`, as it does for the heap and for the disk. Nothing is stopped."),
    WINDOWS(
            "windows",
            "list of blocks",
            "none",
            "[{name: hourly, every: 1h, by: [source], values: {avg_price: avg(price), n: count()}}]",
            "Figures over spans of event time, told in `<feed>.windows`. They count every scrape that is an item, a"
                    + " repeat too."),
    WINDOWS_NAME(
            "windows[].name", "1 to 63 of `a-z`, `0-9`, `-` and `_`", "required", "hourly", "Told with every result."),
    WINDOWS_EVERY(
            "windows[].every",
            "duration, 1s to 365d",
            "required",
            "1h",
            "How long a span is. Spans begin at whole multiples of it since 1970, in UTC."),
    WINDOWS_SLIDE(
            "windows[].slide",
            "duration",
            "as `every`",
            "5m",
            "How far apart spans begin, for spans that overlap. It divides `every`, at most 288 times."),
    WINDOWS_ALLOWED_LATENESS(
            "windows[].allowed_lateness",
            "duration, 0ms to 30d",
            "0ms",
            "10m",
            "For how long after its end a span is corrected. What comes after that is counted, and changes no span."),
    WINDOWS_BY(
            "windows[].by",
            "field path, or list of them",
            "none: one figure for the whole feed",
            "[source]",
            "Items with the same values of these fields share a figure."),
    WINDOWS_VALUES(
            "windows[].values",
            "block of names and what they are computed from",
            "required",
            "{avg_price: avg(price), n: count()}",
            "One of `count()`, `count(field)`, `sum`, `avg`, `min`, `max`, `first`, `last`, `distinct` and `rate`,"
                    + " each of a field. `distinct` is exact for few values and within about 2 % for many; `rate` is the"
                    + " share by which the newest number differs from the oldest. A value of more than 64 KiB is told as"
                    + " an object with its `bytes` and `sha256`."),

    SINKS(
            "sinks",
            "list of blocks",
            "none",
            "[{name: client-04, webhook: {url: \"https://example.com/hook\", secret: \"${CLIENT_04_SECRET}\"}}]",
            "Where changes are delivered to, each at its own pace."),
    SINK_NAME(
            "sinks[].name",
            "text",
            "required",
            "client-04",
            "1 to 63 of `a-z`, `0-9` and `-`. How far the client is, is kept under this name."),
    SINK_WEBHOOK(
            "sinks[].webhook",
            "block",
            "required, or `files`",
            "{url: \"https://example.com/hook\", secret: \"${CLIENT_04_SECRET}\"}",
            "Changes are posted as Standard Webhooks."),
    SINK_URL(
            "sinks[].webhook.url",
            "text",
            "required",
            "https://example.com/hook",
            "Where to. Public addresses take https on port 443 or 8443 only; `--allow-private-webhooks` opens private"
                    + " ones."),
    SINK_SECRET(
            "sinks[].webhook.secret",
            "text, or list of texts",
            "required",
            "\"${CLIENT_04_SECRET}\"",
            "What signs: `whsec_` (HMAC) or `whsk_` (ed25519) and base64. Each of a list signs, so that a client can"
                    + " change over."),
    SINK_FILES(
            "sinks[].files",
            "block",
            "none",
            "{path: \"s3://bucket/prices\", every: 60s}",
            "Changes are kept as JSON Lines in files, each change in exactly one, with manifests that say which files there"
                    + " are: see [files](../sinks/files.md)."),
    SINK_PATH(
            "sinks[].files.path",
            "text",
            "required",
            "s3://bucket/prices",
            "Where to: `s3://bucket` with or without a prefix, or a directory, relative to the feed file."),
    SINK_EVERY(
            "sinks[].files.every",
            "duration, 1s to 1h",
            "60s",
            "5m",
            "How often files are closed, whether anything new has come or not."),
    SINK_SIZE(
            "sinks[].files.size",
            "size: whole number and `KB`, `MB` or `GB`, 64KB to 1GB",
            "64MB",
            "16MB",
            "How many bytes of changes, before compression, close a file ahead of time."),
    SINK_COMPRESSION(
            "sinks[].files.compression", "`gzip`, `zstd` or `none`", "gzip", "zstd", "How files are compressed."),
    SINK_BY(
            "sinks[].files.by",
            "`event_date` or `nothing`",
            "nothing",
            "event_date",
            "Sorts changes into directories by the day of their event time, in UTC: `date=2026-11-25/`."),
    SINK_ENDPOINT(
            "sinks[].files.endpoint",
            "text",
            "Amazon's",
            "https://minio.example.com:9000",
            "The address of a store that speaks S3. Whoever writes the feed file vouches for it: private addresses are"
                    + " allowed."),
    SINK_REGION(
            "sinks[].files.region",
            "text",
            "as Amazon's tools find it; `us-east-1` for an endpoint of its own",
            "eu-central-1",
            "The region of the bucket."),
    SINK_PATH_STYLE(
            "sinks[].files.path_style",
            "`true` or `false`",
            "false",
            "true",
            "Whether the bucket stands in the path of addresses, as many stores want it."),
    SINK_ACCESS_KEY(
            "sinks[].files.access_key",
            "text",
            "as Amazon's tools find it: environment, profile, role",
            "\"${S3_ACCESS_KEY}\"",
            "Who asks; together with `secret_key`."),
    SINK_SECRET_KEY(
            "sinks[].files.secret_key",
            "text",
            "as Amazon's tools find it: environment, profile, role",
            "\"${S3_SECRET_KEY}\"",
            "Proves who asks; together with `access_key`."),
    SINK_WHERE(
            "sinks[].where",
            "text",
            "every change",
            "\"after.price < 50\"",
            "A condition in CEL over the fields of the change record. All numbers are exact decimals of one kind: 7 /"
                    + " 2 is 3.5, and an endless quotient has 34 digits. A change it has no answer for, because something"
                    + " is absent, null or of another kind, is not told, but counted, and listed among the attempts as"
                    + " `unanswered`."),
    SINK_FIELDS(
            "sinks[].fields",
            "field path, or list of them",
            "the whole change",
            "[after.price, before.price]",
            "What is told of a change, besides `id`, `feed`, `key`, `seq` and `op`."),
    SINK_CATCH_UP(
            "sinks[].catch_up",
            "`all` or `latest`",
            "all",
            "latest",
            "What a client gets that was away or slow: every change, or of the changes of one key that wait the"
                    + " newest."),
    SINK_FROM(
            "sinks[].from",
            "`earliest` or `now`",
            "earliest",
            "now",
            "Where a new client begins: with the oldest change that is kept, or with what is told from now on."),
    SINK_GZIP("sinks[].gzip", "`true` or `false`", "false", "true", "Whether bodies are compressed."),
    SINK_BATCH(
            "sinks[].batch",
            "block",
            "one change a delivery",
            "{max_items: 100, max_wait: 1s}",
            "Puts several changes into one delivery, in their order. A batch that fails is tried again change by"
                    + " change."),
    SINK_MAX_ITEMS(
            "sinks[].batch.max_items", "whole number, 1 to 1000", "100", "50", "The most changes in a delivery."),
    SINK_MAX_WAIT(
            "sinks[].batch.max_wait", "duration, 0ms to 10m", "1s", "5s", "The longest a change waits for others."),
    SINK_LIMITS("sinks[].limits", "block", "see below", "{in_flight: 8, rate: 50}", "How fast, and for how long."),
    SINK_IN_FLIGHT(
            "sinks[].limits.in_flight",
            "whole number, 1 to 1000",
            "32",
            "8",
            "The most deliveries under way at once, in each partition of the change log."),
    SINK_RATE(
            "sinks[].limits.rate",
            "whole number, 1 to 100000",
            "no limit",
            "50",
            "The most deliveries begun in a second; each partition of the change log has an even share."),
    SINK_TIMEOUT(
            "sinks[].limits.timeout",
            "duration, 100ms to 30s",
            "15s",
            "5s",
            "The longest one attempt takes, from the look-up of the name to the answer."),
    SINK_GIVE_UP_AFTER(
            "sinks[].limits.give_up_after",
            "duration, 1s to 5d",
            "3d",
            "1d",
            "How long a change is tried before it goes to the dead letters of this client."),

    WATCH_SILENCE("watch.silence"),
    WATCH_DROP("watch.drop");

    private final String path;
    private final boolean supported;
    private final String type;
    private final String fallback;
    private final String example;
    private final String meaning;

    FeedKey(String path) {
        this(path, false, "", "", "", "");
    }

    FeedKey(String path, String type, String fallback, String example, String meaning) {
        this(path, true, type, fallback, example, meaning);
    }

    FeedKey(String path, boolean supported, String type, String fallback, String example, String meaning) {
        this.path = path;
        this.supported = supported;
        this.type = type;
        this.fallback = fallback;
        this.example = example;
        this.meaning = meaning;
    }

    /** The keys of one block, {@code ""} for the file itself. */
    static List<FeedKey> within(String block) {
        return Arrays.stream(values()).filter(key -> key.block().equals(block)).toList();
    }

    /** The whole path: {@code time.max_skew}. */
    String path() {
        return path;
    }

    /** The word in its block: {@code max_skew}. */
    String word() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private String block() {
        return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
    }

    /** Whether this version does what the key says. */
    boolean isSupported() {
        return supported;
    }

    /** What it takes, in Markdown. */
    String type() {
        return type;
    }

    /** What holds if it is absent, in Markdown. */
    String fallback() {
        return fallback;
    }

    /** A value in YAML. */
    String example() {
        return example;
    }

    /** What it does, in Markdown. */
    String meaning() {
        return meaning;
    }
}
