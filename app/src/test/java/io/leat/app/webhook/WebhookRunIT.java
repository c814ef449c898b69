package io.leat.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.process.LeatProcess;
import io.leat.testkit.OsProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole way in one command: scrapes are posted to {@code leat run}, changes come back as webhooks. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class WebhookRunIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern SERVES = Pattern.compile("serving http://127\\.0\\.0\\.1:(\\d+)");
    private static final int ITEMS = 50;

    @TempDir
    private Path dir;

    @Test
    void scrapesThatArePostedComeBackAsWebhooks() throws Exception {
        try (Receiver receiver = new Receiver((exchange, attempt) -> 200);
                Receiver cheap = new Receiver((exchange, attempt) -> 200);
                OsProcess run = run(receiver)) {
            Api api = new Api(Integer.parseInt(run.awaitLine(SERVES, PATIENCE).group(1)), "shop");
            String made = api.post(
                            "/subscriptions",
                            "{\"name\":\"cheap\",\"url\":\"%s\",\"secret\":\"%s\",\"where\":\"after.price < 10\"}"
                                    .formatted(cheap.url(), Receiver.SECRET))
                    .text();
            assertThat(made).contains("\"warning\"").doesNotContain(Receiver.SECRET);
            for (int round = 0; round < 3; round++) {
                assertThat(api.post("/records", scrapes(round)).status()).isEqualTo(202);
            }
            Awaitility.await().atMost(PATIENCE).until(() -> receiver.distinct() == 2 * ITEMS);
            Awaitility.await().atMost(PATIENCE).until(() -> cheap.distinct() == 10);
            assertThat(receiver.taken()).hasSize(2 * ITEMS);
            assertThat(cheap.taken()).hasSize(10);
            assertThat(receiver.badSignatures() + receiver.disorder() + cheap.badSignatures())
                    .isZero();
        }
    }

    /** Prices 0 to 49 in the first round, 100 higher in the second; the third says nothing new. */
    private static String scrapes(int round) {
        int more = Math.min(round, 1) * 100;
        return IntStream.range(0, ITEMS)
                .mapToObj(item -> "{\"sku\":\"s%d\",\"price\":%d,\"at\":%d}"
                        .formatted(item, item + more, 1_770_000_000_000L + round))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private OsProcess run(Receiver receiver) throws Exception {
        Path feed = Files.writeString(
                dir.resolve("feed.yaml"),
                """
                feed: shop
                key: sku
                time: {field: at, format: epoch_ms}
                changes: {compare: [price]}
                sinks:
                  - name: all
                    webhook: {url: "%s", secret: "%s"}
                """
                        .formatted(receiver.url(), Receiver.SECRET));
        return LeatProcess.run(dir, feed);
    }
}
