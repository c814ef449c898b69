package io.leat.format.feedfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Order;
import io.leat.core.Window;
import io.leat.core.silence.Silences;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedFileTest {

    @TempDir
    java.nio.file.Path directory;

    private Written written() {
        return new Written(directory);
    }

    @Test
    void everyKeyIsRead() {
        Feed feed = written()
                .file("price.schema.json", "{\"type\": \"object\"}")
                .file("old.json", "{}")
                .feed(
                        """
                feed: b2b-prices
                source:
                  topic: raw-scrapes-b2b
                  partitions: 8
                  properties: {security.protocol: SSL, request.timeout.ms: 30000}
                contract: [price.schema.json, old.json]
                key: [source, record.sku, {rest_of: record, except: [name, price]}, {rest_of: "."}]
                time: {field: extracted_at, format: epoch_ms, tie_break: seq, max_skew: 1h}
                changes: {compare: [record.cost]}
                log: {partitions: 4, commit_every: 20ms, commit_records: 100}
                """)
                .valid();

        assertThat(feed)
                .isEqualTo(new Feed(
                        "b2b-prices",
                        new Feed.Source(
                                "raw-scrapes-b2b",
                                8,
                                Map.of("security.protocol", "SSL", "request.timeout.ms", "30000")),
                        List.of(
                                new Feed.ContractSource("price", "{\"type\": \"object\"}"),
                                new Feed.ContractSource("old", "{}")),
                        List.of(
                                new Feed.KeyPart.Field(FieldPath.parse("source")),
                                new Feed.KeyPart.Field(FieldPath.parse("record.sku")),
                                new Feed.KeyPart.RestOf(FieldPath.parse("record"), List.of("name", "price")),
                                new Feed.KeyPart.RestOf(null, List.of())),
                        new Feed.Time(
                                FieldPath.parse("extracted_at"),
                                Feed.Time.Format.EPOCH_MS,
                                FieldPath.parse("seq"),
                                Duration.ofHours(1)),
                        new Feed.Comparison.Only(List.of(FieldPath.parse("record.cost"))),
                        new Feed.Log(4, Duration.ofMillis(20), 100)));
    }

    @Test
    void theShortestFileHasDefaults() {
        Feed feed = written().feed("feed: f\nkey: sku\ntime: at\n").valid();

        assertThat(feed)
                .isEqualTo(new Feed(
                        "f",
                        new Feed.Source("f.raw", Feed.Source.DEFAULT_PARTITIONS, Map.of()),
                        List.of(),
                        List.of(new Feed.KeyPart.Field(FieldPath.parse("sku"))),
                        new Feed.Time(
                                FieldPath.parse("at"), Feed.Time.Format.RFC3339, null, Feed.Time.DEFAULT_MAX_SKEW),
                        new Feed.Comparison.AllBut(List.of(FieldPath.parse("at"))),
                        Feed.Log.DEFAULT));
    }

    @Test
    void aPresetFillsInWhatTheFileLeavesOut() {
        Feed feed = written()
                .feed("feed: f\nsource: {topic: demo.crawled_firehose, preset: scrapy_cluster}\n")
                .valid();
        assertThat(feed.source().topic()).isEqualTo("demo.crawled_firehose");
        assertThat(feed.key())
                .containsExactly(
                        new Feed.KeyPart.Field(FieldPath.parse("appid")),
                        new Feed.KeyPart.Field(FieldPath.parse("url")));
        assertThat(feed.time().format()).isEqualTo(Feed.Time.Format.UTC);

        Feed own = written()
                .feed("feed: f\nsource: {preset: scrapy_cluster}\nkey: sku\ntime: at\nchanges: {compare: price}\n")
                .valid();
        assertThat(own.key()).containsExactly(new Feed.KeyPart.Field(FieldPath.parse("sku")));
        assertThat(own.time().field()).isEqualTo(FieldPath.parse("at"));
        assertThat(own.comparison()).isEqualTo(new Feed.Comparison.Only(List.of(FieldPath.parse("price"))));
        Feed late = written()
                .feed("feed: f\nsource: {preset: scrapy_cluster}\ntime: at\n")
                .valid();
        assertThat(((Feed.Comparison.AllBut) late.comparison()).fields())
                .contains(FieldPath.parse("at"), FieldPath.parse("crawlid"));
    }

    @Test
    void timeAndTieBreakAreAlwaysIgnored() {
        Feed feed = written()
                .feed("feed: f\nkey: sku\ntime: {field: at, tie_break: seq}\nchanges: {ignore: [votes, seq]}\n")
                .valid();

        assertThat(feed.comparison())
                .isEqualTo(new Feed.Comparison.AllBut(
                        List.of(FieldPath.parse("votes"), FieldPath.parse("seq"), FieldPath.parse("at"))));
    }

    @Test
    void orderWindowsAndStateAreRead() {
        Feed feed = written()
                .feed(
                        """
                feed: f
                key: sku
                time: {field: at, out_of_orderness: 200ms, late: dead_letter, idle_after: 3s}
                state: {in: disk, limit: 4GB}
                windows:
                  - {name: hourly, every: 1h, by: [source, record.kind], values: {avg_price: avg(record.price), n: count()}}
                  - {name: moving, every: 1h, slide: 5m, allowed_lateness: 10m, values: {kinds: "distinct( kind )"}}
                """)
                .valid();

        assertThat(feed.time().order())
                .isEqualTo(new Order(
                        new Order.Bound.Fixed(Duration.ofMillis(200)), Order.Late.DEAD_LETTER, Duration.ofSeconds(3)));
        assertThat(feed.state()).isEqualTo(new Feed.State(Feed.State.Place.DISK, 4L << 30));
        assertThat(feed.windows())
                .containsExactly(
                        new Window(
                                "hourly",
                                Duration.ofHours(1),
                                Duration.ofHours(1),
                                Duration.ZERO,
                                List.of(FieldPath.parse("source"), FieldPath.parse("record.kind")),
                                List.of(
                                        new Window.Value(
                                                "avg_price", Window.Aggregate.AVG, FieldPath.parse("record.price")),
                                        new Window.Value("n", Window.Aggregate.COUNT, null))),
                        new Window(
                                "moving",
                                Duration.ofHours(1),
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(10),
                                List.of(),
                                List.of(new Window.Value(
                                        "kinds", Window.Aggregate.DISTINCT, FieldPath.parse("kind")))));
    }

    @Test
    void aLearnedBoundIsAskedForInAWord() {
        Feed feed = written()
                .feed("feed: f\nkey: sku\ntime: {field: at, out_of_orderness: auto}\n")
                .valid();
        assertThat(feed.time().order().bound()).isEqualTo(new Order.Bound.Learned());
        assertThat(feed.time().order().isAsked()).isTrue();
    }

    @Test
    void problemsOfOrderWindowsAndStateAreTold() {
        assertThat(written()
                        .feed(
                                """
                feed: f
                key: sku
                time: {field: at, out_of_orderness: 2h, late: drip}
                state: disc
                windows:
                  - {name: Hourly, every: 1h, values: {n: count()}}
                  - {name: a, every: 1h, slide: 7m, values: {n: coutn(), m: avg(), m: sum(x), p: max(x\\)}}
                  - {name: a, every: 10ms, values: {}}
                  - {name: b}
                """)
                        .problems())
                .containsExactly(
                        "3:37 LEAT-115 The duration is not between 0ms and 1h.",
                        "3:47 LEAT-103 'late' cannot be 'drip'. Did you mean 'drop'?",
                        "4:8 LEAT-103 The state cannot be 'disc'. Did you mean 'disk'?",
                        "6:12 LEAT-200 A window or its value cannot be called 'Hourly'. Use 1 to 63 of a-z, 0-9, '-' and '_'.",
                        "7:33 LEAT-202 Spans of 1h cannot begin every 7m. Take one of the parts of 'every': a half, a third, … down to a 288th.",
                        "7:49 LEAT-201 A window cannot compute 'coutn()'. Write one of count, sum, avg, min, max, first, last, distinct, rate and its field: avg(price).",
                        "7:61 LEAT-201 The figure 'm' names no field. Name one: avg(price).",
                        "7:68 LEAT-117 The entry is listed twice. Keep one of them.",
                        "7:82 LEAT-150 A field path must not end in a lone backslash. Write a backslash as \\\\ and a dot in a name as \\.",
                        "8:12 LEAT-117 The entry is listed twice. Keep one of them.",
                        "8:22 LEAT-115 The duration is not between 1s and 365d.",
                        "8:36 LEAT-118 A window computes at least one value.",
                        "9:5 LEAT-113 The key 'windows[].every' is missing. Add, for example: every: 1h",
                        "9:5 LEAT-113 The key 'windows[].values' is missing. Add, for example: values: {avg_price: avg(price), n: count()}");
    }

    @Test
    void everyProblemIsToldAtOnceInTheOrderOfTheFile() {
        assertThat(written()
                        .feed(
                                """
                feed: Prices
                sorce: {topic: x}
                contract: [gone.json, gone.json]
                key: []
                time: {field: at, format: rfc339, max_skew: 60}
                changes: {compare: [price], ignore: [votes], gone: {}}
                log: {partitions: many, commit_records: 0}
                log: {}
                """)
                        .problems())
                .containsExactly(
                        "1:7 LEAT-130 A feed's name cannot be 'Prices'. Use 1 to 63 of a-z, 0-9 and '-', and do not start with '-'.",
                        "2:1 LEAT-110 'sorce' is not a key of a feed file. Did you mean 'source'?",
                        "3:12 LEAT-140 The contract 'gone.json' does not exist. Paths are relative to the feed file.",
                        "3:23 LEAT-140 The contract 'gone.json' does not exist. Paths are relative to the feed file.",
                        "4:6 LEAT-118 The list is empty.",
                        "5:27 LEAT-103 A time format cannot be 'rfc339'. Did you mean 'rfc3339'?",
                        "5:45 LEAT-116 A duration needs a unit. Write a whole number and ms, s, m, h or d: 500ms, 60s, 10m, 24h, 30d.",
                        "6:10 LEAT-151 'changes' names both 'compare' and 'ignore'. Name one of them.",
                        "6:52 LEAT-193 'gone' says neither after which time nor by which mark. Add 'gone_after' beside it, or 'crawl_end' to it.",
                        "7:19 LEAT-114 Expected a whole number, found text.",
                        "7:41 LEAT-115 The number is not between 1 and 1000000.",
                        "8:1 LEAT-112 The key 'log' is there twice. Keep one of them.");
    }

    @Test
    void requiredKeysAreMissed() {
        assertThat(written().feed("log: {}\n").problems())
                .containsExactly(
                        "1:1 LEAT-113 The key 'feed' is missing. Add, for example: feed: b2b-prices",
                        "1:1 LEAT-113 The key 'key' is missing. Add, for example: key: [source, record.sku]",
                        "1:1 LEAT-113 The key 'time' is missing. Add, for example: time: extracted_at");
    }

    @Test
    void everyKeyOfALaterVersionIsRefusedAsSuch() {
        for (FeedKey key : FeedKeys.ALL) {
            if (!key.isSupported()) {
                String[] words = key.path().split("\\.");
                String rest = words.length == 1
                        ? "time: at\n" + words[0] + ": 1\n"
                        : (words[0].equals("time") ? "" : "time: at\n") + words[0] + ": {" + words[1] + ": 1}\n";
                assertThat(written().feed("feed: f\nkey: k\n" + rest).problems())
                        .as(key.path())
                        .anyMatch(problem -> problem.contains("LEAT-111 '" + key.path() + "'"));
            }
        }
    }

    @Test
    void wrongTypesNameWhatWasFound() {
        assertThat(written()
                        .feed(
                                "feed: 12\nkey: {a: 1}\ntime: [at]\nsource: raw\nlog:\nchanges: {compare: [1, {}, ~, true]}\n")
                        .problems())
                .containsExactly(
                        "1:7 LEAT-114 Expected text, found a number. Put it in quotes.",
                        "2:6 LEAT-113 The key 'key[].rest_of' is missing. Add, for example: rest_of: record",
                        "2:7 LEAT-110 'a' is not a key of 'key[]'. Known here: rest_of, except.",
                        "3:7 LEAT-114 Expected text, found a list.",
                        "4:9 LEAT-114 Expected a block of keys, found text.",
                        "5:5 LEAT-114 Expected a block of keys, found nothing.",
                        "6:21 LEAT-114 Expected text, found a number. Put it in quotes.",
                        "6:24 LEAT-114 Expected text, found a block of keys.",
                        "6:28 LEAT-114 Expected text, found nothing.",
                        "6:31 LEAT-114 Expected text, found true or false. Put it in quotes.");
    }

    @Test
    void aFeedDoesNotReadWhatItWrites() {
        String rest = "feed: f\nkey: k\ntime: at\nsource: {topic: %s}\n";
        assertThat(written().feed(rest.formatted("f.changes")).codes()).containsExactly("LEAT-131");
        assertThat(written().feed(rest.formatted("f.dlq")).codes()).containsExactly("LEAT-131");
        assertThat(written().feed(rest.formatted("'..'")).codes()).containsExactly("LEAT-131");
        assertThat(written().feed(rest.formatted("'a b'")).codes()).containsExactly("LEAT-131");
    }

    @Test
    void doubtfulDeclarationsAreWarnedOf() {
        assertThat(written().feed("feed: f\nkey: k\ntime: at\n").warnings()).containsExactly("LEAT-160");
        assertThat(written()
                        .file("c.json", "{}")
                        .feed("feed: f\ncontract: c.json\nkey: {rest_of: .}\ntime: at\nchanges: {compare: [at, p]}\n")
                        .warnings())
                .containsExactly("LEAT-162", "LEAT-163", "LEAT-161");
    }

    @Test
    void thePaceOfSitesIsReadForAllOrByName() {
        assertThat(expected("expect: every 6h")).isEqualTo(new Silences.Expected(21_600_000L, Map.of()));
        assertThat(expected("expect: {amazon: every 90s, 'shop b': every 1d}"))
                .isEqualTo(new Silences.Expected(null, Map.of("amazon", 90_000L, "shop b", 86_400_000L)));
        assertThat(expected("by: shop")).isEqualTo(Silences.Expected.NOTHING);
    }

    private Silences.Expected expected(String more) {
        String watch = more.equals("by: shop") ? more : "by: shop, " + more;
        Feed.Watch read = written()
                .feed("feed: a\nkey: b\ntime: c\nwatch: {%s}\n".formatted(watch))
                .valid()
                .watch();
        return Objects.requireNonNull(read).expected();
    }

    @Test
    void aPaceThatIsNoneIsRefusedWithAHint() {
        assertThat(written()
                        .feed("feed: a\nkey: b\ntime: c\nwatch: {by: shop, expect: 6h}\n")
                        .problems())
                .anySatisfy(problem -> assertThat(problem).contains("every 6h"));
    }
}
