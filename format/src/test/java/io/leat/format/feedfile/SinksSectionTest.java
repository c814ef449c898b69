package io.leat.format.feedfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.delivery.JsonFiles;
import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import io.leat.format.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinksSectionTest {

    private static final String HEAD = "feed: f\nkey: k\ntime: at\nsinks:\n";
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    private Path directory;

    @Test
    void aSinkIsReadWithItsTerms() {
        List<Subscription> sinks =
                read("  - {name: client-04, webhook: {url: \"https://example.com/x\", secret: \"${S}\"},"
                        + " where: after.price < 50, catch_up: latest, from: now, gzip: true,"
                        + " batch: {max_items: 10}, limits: {rate: 5, timeout: 2s}}\n");
        assertThat(sinks).hasSize(1);
        Subscription sink = sinks.get(0);
        assertThat(sink.where()).isEqualTo("after.price < 50");
        assertThat(sink.catchUp()).isEqualTo(Subscription.CatchUp.LATEST);
        assertThat(sink.from()).isEqualTo(Subscription.From.NOW);
        assertThat(sink.webhook().gzip()).isTrue();
        assertThat(sink.webhook().batch()).isEqualTo(new Webhook.Batch(10, Duration.ofSeconds(1)));
        assertThat(sink.webhook().limits().ratePerSecond()).isEqualTo(5);
        assertThat(sink.webhook().limits().timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(sink.webhook().keys().get(0).secret().text()).isEqualTo(SECRET);
        assertThat(sink.toString()).doesNotContain(SECRET);
    }

    @Test
    void filesAreReadWithTheirTermsAndADirectoryIsRelativeToTheFile() {
        List<Subscription> sinks = read("  - {name: bucket, files: {path: \"s3://prices/eu\", every: 5m, size: 16MB,"
                + " compression: zstd, by: event_date, endpoint: \"http://127.0.0.1:9000\", path_style: true,"
                + " access_key: who, secret_key: \"${S}\"}, where: after.price < 50, from: now}\n"
                + "  - {name: local, files: {path: out/prices}}\n");
        JsonFiles bucket = (JsonFiles) sinks.get(0).sink();
        assertThat(bucket.every()).isEqualTo(Duration.ofMinutes(5));
        assertThat(bucket.size()).isEqualTo(16L << 20);
        assertThat(bucket.compression()).isEqualTo(JsonFiles.Compression.ZSTD);
        assertThat(bucket.by()).isEqualTo(JsonFiles.By.EVENT_DATE);
        assertThat(bucket.toString()).contains("us-east-1").doesNotContain(SECRET);
        assertThat(sinks.get(0).where()).isEqualTo("after.price < 50");
        JsonFiles local = (JsonFiles) sinks.get(1).sink();
        assertThat(local.path()).startsWith("/").endsWith("/out/prices");
        assertThat(local.every()).isEqualTo(Duration.ofMinutes(1));
        assertThat(local.store()).isNull();
    }

    @Test
    void everythingWrongWithFilesIsToldAtItsPlace() {
        Written written = written("  - {name: a, files: {path: \"s3://No_Bucket\"}}\n"
                + "  - {name: b, files: {path: out, region: eu, every: 1ms, size: 1KB, compression: rar}}\n"
                + "  - {name: c, files: {path: \"s3://bucket\", access_key: who, endpoint: minio}}\n"
                + "  - {name: d, files: {path: out}, gzip: true, batch: {max_items: 2}, catch_up: latest}\n"
                + "  - {name: e, files: {path: out}, webhook: {url: \"https://example.com/\", secret: \"${S}\"}}\n"
                + "  - {name: f, files: {}}\n");
        assertThat(written.codes())
                .containsExactlyInAnyOrder(
                        "LEAT-234",
                        "LEAT-234",
                        "LEAT-115",
                        "LEAT-115",
                        "LEAT-103",
                        "LEAT-234",
                        "LEAT-234",
                        "LEAT-233",
                        "LEAT-233",
                        "LEAT-233",
                        "LEAT-232",
                        "LEAT-113");
    }

    @Test
    void everythingWrongIsToldWithItsPlaceAndNoSecretIsQuoted() {
        Written written = written("  - name: Client\n"
                + "    webhook: {url: \"http://127.1/\", secret: \"${BAD}\"}\n"
                + "    where: after.price <\n"
                + "    catch_up: newest\n"
                + "  - {name: a, webhook: {url: \"https://example.com/\", secret: \"${S}\"}}\n"
                + "  - {name: a, webhook: {url: \"https://example.com/\", secret: \"${S}\"}}\n"
                + "  - {name: b}\n");
        assertThat(written.codes())
                .containsExactlyInAnyOrder(
                        "LEAT-220", "LEAT-221", "LEAT-222", "LEAT-223", "LEAT-103", "LEAT-117", "LEAT-113");
        assertThat(written.problems().toString()).doesNotContain("canary");
    }

    @Test
    void aWebhookThatNothingWillReachIsDoubtedAtItsPlace() {
        Path file = directory.resolve("feed.yaml");
        written("  - {name: a, webhook: {url: \"http://example.com/x\", secret: \"${S}\"}}\n");
        FeedFile.Outcome outcome =
                FeedFile.read(file, Map.of("S", SECRET)::get, url -> url.tls() ? null : "it is plain");
        assertThat(((FeedFile.Valid) outcome).warnings().stream().map(Problem::toString))
                .filteredOn(problem -> problem.contains("LEAT-231"))
                .singleElement()
                .asString()
                .contains("feed.yaml:5:30", "Every delivery will be refused: it is plain.");
        assertThat(((FeedFile.Valid) FeedFile.read(file, Map.of("S", SECRET)::get)).warnings())
                .extracting(Problem::code)
                .doesNotContain("LEAT-231");
    }

    @Test
    void aConditionOnWhatNoChangeHasIsDoubted() {
        String sink = "  - {name: a, webhook: {url: \"https://example.com/\", secret: \"${S}\"}, where: \"%s\"}\n";
        String compared = "changes: {compare: [price, offer.amount], average: {price: 30d}}\n";
        for (String never : List.of(
                "before.title == 'x' || op == 'gone'", "average.offer.amount > 1", "before.offer.unit == 'kg'")) {
            assertThat(written(sink.formatted(never) + compared).warnings())
                    .as(never)
                    .contains("LEAT-230");
        }
        for (String sometimes : List.of(
                "before.price > after.price && after.title != ''",
                "after.price < 0.8 * average.price || op == 'gone'",
                "before.offer.amount > 1",
                "has(before.title) && before.title == 'x'",
                "before == null")) {
            assertThat(written(sink.formatted(sometimes) + compared).warnings())
                    .as(sometimes)
                    .doesNotContain("LEAT-230");
        }
        assertThat(written(sink.formatted("before.title == 'x'")).warnings()).doesNotContain("LEAT-230");
    }

    @Test
    void aConditionThatWouldNotTellWhatIsGoneIsDoubtedWhereKeysCanBeGone() {
        String sink = "  - {name: a, webhook: {url: \"https://example.com/\", secret: \"${S}\"}, where: \"%s\"}\n";
        String gone = "changes: {compare: [price], gone_after: 48h}\n";
        assertThat(written(sink.formatted("after.price < 50")).warnings()).doesNotContain("LEAT-224");
        assertThat(written(sink.formatted("after.price < 50") + gone).warnings())
                .contains("LEAT-224");
        assertThat(written(sink.formatted("op == 'gone' || after.price < 50") + gone)
                        .warnings())
                .doesNotContain("LEAT-224");
    }

    private List<Subscription> read(String sinks) {
        FeedFile.Outcome outcome = written(sinks).outcome();
        assertThat(outcome).isInstanceOf(FeedFile.Valid.class);
        return ((FeedFile.Valid) outcome).sinks();
    }

    private Written written(String sinks) {
        return new Written(directory)
                .variable("S", SECRET)
                .variable("BAD", "canary-canary")
                .feed(HEAD + sinks);
    }
}
