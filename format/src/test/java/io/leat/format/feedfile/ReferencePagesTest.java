package io.leat.format.feedfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.GeneratedPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencePagesTest {

    private static final Path REFERENCE = Path.of("../docs/reference");

    @TempDir
    Path directory;

    @Test
    void theFeedFilePageIsNotStale() {
        check("feed-file.md", ReferencePages.feedFile());
    }

    @Test
    void theProblemsPageIsNotStale() {
        check("problems.md", ReferencePages.problems());
    }

    @Test
    void thePageOfWordsIsNotStale() {
        check("words.md", ReferencePages.words());
    }

    @Test
    void everyCodeIsThereOnce() {
        assertThat(Arrays.stream(ProblemCode.values()).map(ProblemCode::code))
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("LEAT-[12]\\d\\d"));
    }

    @Test
    void everyExampleOfTheReferenceIsAccepted() {
        Written written = new Written(directory)
                .file("price.schema.json", "{}")
                .file("other.json", "{}")
                .variable("CLIENT_04_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .variable("PG_PASSWORD", "proof")
                .variable("KAFKA_LOGIN", "org.apache.kafka.common.security.scram.ScramLoginModule required;")
                .variable("S3_ACCESS_KEY", "who")
                .variable("S3_SECRET_KEY", "proof");
        for (FeedKey key : FeedKeys.ALL) {
            if (key.isSupported()) {
                written.feed(around(key));
                assertThat(written.outcome()).as(key.path()).isInstanceOf(FeedFile.Valid.class);
            }
        }
    }

    /** The shortest feed file that has the key with its example. */
    private static String around(FeedKey key) {
        String line = key.word() + ": " + key.text().example();
        List<String> lines = new ArrayList<>(List.of("feed: f", "key: k", "time: {field: at}"));
        String path = key.path();
        if (path.startsWith("key[].")) {
            lines.set(1, "key: [{" + (key == InputKey.KEY_REST_OF ? "" : "rest_of: r, ") + line + "}]");
        } else if (path.startsWith("normalize[].")) {
            lines.add("normalize: {price: {"
                    + (key == NormalizeKey.AS ? "" : "as: " + normalizer((NormalizeKey) key) + ", ") + line + "}}");
        } else if (path.startsWith("time.")) {
            lines.set(2, "time: {" + (key == InputKey.TIME_FIELD ? "" : "field: at, ") + line + "}");
        } else if (path.startsWith("changes.hold[].")) {
            lines.add("changes: {compare: [record.price], hold: {record.price: {" + line + "}}}");
        } else if (path.startsWith("changes.gone.crawl_end.")) {
            List<String> mark = new ArrayList<>(List.of("field: event", "value: done", "started: began_at"));
            mark.removeIf(other -> other.startsWith(key.word() + ":"));
            mark.add(line);
            lines.add("changes: {compare: [p], gone: {crawl_end: {" + String.join(", ", mark) + "}}}");
        } else if (path.startsWith("changes.gone.")) {
            lines.add("changes: {compare: [p], gone_after: 48h, gone: {" + line + "}}");
        } else if (path.startsWith("changes.") && key != ChangesKey.COMPARE && key != ChangesKey.IGNORE) {
            lines.add("changes: {compare: [record.price, record.in_stock, record.title], " + line + "}");
        } else if (path.startsWith("windows[].")) {
            List<String> window = new ArrayList<>(List.of("name: w", "every: 1h", "values: {n: count()}"));
            window.removeIf(other -> other.startsWith(key.word() + ":"));
            window.add(line);
            lines.add("windows: [{" + String.join(", ", window) + "}]");
        } else if (path.startsWith("sinks[].")) {
            lines.add("sinks: [{" + String.join(", ", sink(key, path, line)) + "}]");
        } else if (path.startsWith("watch.quiet.")) {
            List<String> quiet = new ArrayList<>(List.of("from: \"22:00\"", "to: \"06:00\""));
            quiet.removeIf(other -> other.startsWith(key.word() + ":"));
            quiet.add(line);
            lines.add("watch: {by: source, quiet: {" + String.join(", ", quiet) + "}}");
        } else if (key == EngineKey.WATCH_TO) {
            lines.add(
                    "sinks: [{name: ops, webhook: {url: \"https://example.com/\", secret: \"${CLIENT_04_SECRET}\"}}]");
            lines.add("watch: {by: source, " + line + "}");
        } else if (path.startsWith("watch.") && key != EngineKey.WATCH_BY) {
            lines.add("watch: {by: source, " + line + "}");
        } else if (path.contains(".")) {
            lines.add(path.substring(0, path.indexOf('.')) + ": {" + line + "}");
        } else {
            lines.removeIf(other -> other.startsWith(path + ":"));
            lines.add(line);
        }
        return String.join("\n", lines) + "\n";
    }

    private static List<String> files(FeedKey key, String line) {
        if (key == FilesKey.FILES) {
            return List.of("name: c", line);
        }
        List<String> files = new ArrayList<>(List.of("path: s3://bucket", "access_key: a", "secret_key: b"));
        files.removeIf(other -> other.startsWith(key.word() + ":"));
        files.add(line);
        return List.of("name: c", "files: {" + String.join(", ", files) + "}");
    }

    private static List<String> postgres(FeedKey key, String line) {
        if (key == PostgresKey.POSTGRES) {
            return List.of("name: c", line);
        }
        List<String> terms = new ArrayList<>(List.of("url: \"postgresql://db/shop\"", "user: u", "table: t"));
        terms.removeIf(other -> other.startsWith(key.word() + ":"));
        if (key == PostgresKey.COLUMN_FROM || key == PostgresKey.COLUMN_TYPE) {
            String from = key == PostgresKey.COLUMN_FROM ? "" : "from: after.price, ";
            terms.add("columns: {price: {" + from + line + "}}");
        } else {
            terms.add(line);
        }
        return List.of("name: c", "postgres: {" + String.join(", ", terms) + "}");
    }

    private static List<String> kafka(FeedKey key, String line) {
        if (key == KafkaKey.KAFKA) {
            return List.of("name: c", line);
        }
        List<String> terms = new ArrayList<>(List.of("bootstrap: \"kafka:9092\"", "topic: t"));
        terms.removeIf(other -> other.startsWith(key.word() + ":"));
        terms.add(key == KafkaKey.KEY ? "key: k" : line);
        return List.of("name: c", "kafka: {" + String.join(", ", terms) + "}");
    }

    private static List<String> sink(FeedKey key, String path, String line) {
        if (path.startsWith("sinks[].files")) {
            return files(key, line);
        }
        if (path.startsWith("sinks[].postgres")) {
            return postgres(key, line);
        }
        if (path.startsWith("sinks[].kafka")) {
            return kafka(key, line);
        }
        String address = "url: \"https://example.com/\"";
        String secret = "secret: \"${CLIENT_04_SECRET}\"";
        String webhook = "webhook: {" + (key == WebhookKey.URL ? line : address) + ", "
                + (key == WebhookKey.SECRET ? line : secret) + "}";
        List<String> sink = new ArrayList<>(List.of("name: c", webhook));
        String inner = path.substring("sinks[].".length());
        sink.removeIf(other -> !inner.contains(".") && other.startsWith(inner + ":"));
        if (!inner.contains(".")) {
            sink.add(line);
        } else if (!inner.startsWith("webhook.")) {
            sink.add(inner.substring(0, inner.indexOf('.')) + ": {" + line + "}");
        }
        return sink;
    }

    private static String normalizer(NormalizeKey key) {
        return switch (key) {
            case ZONE, ORDER, LANGUAGES, CALENDAR -> "timestamp";
            case BASE, DROP, KEEP, FRAGMENT -> "url";
            case WORDS -> "availability";
            case UNIT -> "unit_price";
            default -> "money";
        };
    }

    private static void check(String name, String text) {
        GeneratedPage.check(REFERENCE.resolve(name), text);
    }
}
