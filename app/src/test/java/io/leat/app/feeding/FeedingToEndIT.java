package io.leat.app.feeding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.FeedRun;
import io.leat.app.embedded.Figures;
import io.leat.core.Feed;
import io.leat.format.feedfile.FeedFile;
import io.leat.job.log.LogWatch;
import io.leat.testkit.ChangeLine;
import io.leat.testkit.PlainJson;
import io.leat.testkit.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At the end of the input nobody waits for what does not come: neither for order, nor for event time. */
class FeedingToEndIT {

    private static final String FEED =
            """
            feed: ended
            source: {partitions: 2}
            key: sku
            time: {field: at, format: epoch_ms, out_of_orderness: 1h, late: drop, idle_after: 1h}
            changes: {compare: price}
            windows: [{name: days, every: 1d, values: {n: count(), price: max(price)}}]
            """;

    /** Far less than {@code out_of_orderness} and {@code idle_after}. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final long DAY = Duration.ofDays(1).toMillis();

    @TempDir
    private Path dir;

    /** What a run leaves behind. */
    private record Left(Figures figures, Map<String, Integer> spans, Map<String, Integer> prices, long fed) {}

    @Test
    void whatWaitsGoesAndWhatIsCompleteIsToldAndTheNextRunGoesOn() throws IOException {
        write(scrape("a", 0, 1), scrape("a", DAY + 1_000, 3), scrape("a", DAY, 2), scrape("b", 3 * DAY, 7));

        Left first = run();

        assertThat(first.figures().tally().changed()).isEqualTo(4);
        assertThat(first.figures().order().waiting()).isZero();
        assertThat(first.prices()).containsExactlyInAnyOrderEntriesOf(Map.of("[\"a\"]", 3, "[\"b\"]", 7));
        assertThat(first.spans()).as("the last day is not over").containsExactly(Map.entry("0", 1), Map.entry("1", 2));

        write(scrape("a", 3 * DAY + 1, 4), scrape("b", 5 * DAY, 8));

        Left second = run();

        assertThat(second.fed()).isEqualTo(2);
        assertThat(second.figures().tally().changed()).isEqualTo(6);
        assertThat(second.spans())
                .as("what one run has told of in part the next one completes")
                .containsExactly(Map.entry("0", 1), Map.entry("1", 2), Map.entry("3", 2));
    }

    private static String scrape(String sku, long at, int price) {
        return "{\"sku\":\"%s\",\"at\":%s,\"price\":%s}\n".formatted(sku, at, price);
    }

    private void write(String... scrapes) throws IOException {
        Files.writeString(
                dir.resolve("scrapes.jsonl"),
                String.join("", scrapes),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private Left run() throws IOException {
        Path file = Files.writeString(dir.resolve("feed.yaml"), FEED);
        Feed feed = ((FeedFile.Valid) FeedFile.read(file, name -> null)).feed();
        FeedRun.Settings settings =
                new FeedRun.Settings(null, 0, 1, FeedRun.Settings.CHECKPOINT_EVERY, Map.of(), Set.of(), LogWatch.NONE);
        try (ScrapeFile scrapes = ScrapeFile.open(dir.resolve("scrapes.jsonl"));
                DataDirectory data = DataDirectory.take(dir.resolve("data"));
                FeedRun run = FeedRun.start(feed, data, settings, InstantSource.system())) {
            Feeder feeder = new Feeder(feed, run.broker(), scrapes);
            try (FeedingToEnd feeding = new FeedingToEnd(run, feeder, true)) {
                AtomicReference<Figures> last = new AtomicReference<>(run.figures());
                await().atMost(PATIENCE).until(() -> {
                    last.set(run.figures());
                    return feeding.isOver(last.get());
                });
                String bootstrap = run.broker().bootstrap();
                Map<String, Integer> spans = new TreeMap<>();
                TopicReader.committed(bootstrap).read("ended.windows", rec -> {
                    var result = PlainJson.parse(rec.value());
                    String start = result.required("start").stringValue();
                    spans.put(
                            Long.toString(Instant.parse(start).toEpochMilli() / DAY),
                            result.required("values").required("n").intValue());
                });
                Map<String, Integer> prices = new TreeMap<>();
                TopicReader.committed(bootstrap).read("ended.changes", rec -> {
                    ChangeLine change = ChangeLine.parse(rec.value());
                    prices.put(
                            change.keyText(), change.after().required("price").intValue());
                });
                return new Left(run.figures(), spans, prices, feeder.progress().fed());
            }
        }
    }
}
