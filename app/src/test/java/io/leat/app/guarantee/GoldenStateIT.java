package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.core.Tally;
import io.leat.job.Refusal;
import io.leat.testkit.ChangeLine;
import io.leat.testkit.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * State that was saved by this version is restored by every later one: the golden file is a checkpoint of a whole job, ten
 * keys told twice. {@code -Dleat.golden.write=true} makes it, once per layout; it is never made again.
 */
class GoldenStateIT {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/checkpoint-v1/_metadata");

    @TempDir
    private Path dir;

    @Test
    void stateSavedByAnEarlierBuildIsRestored() throws Exception {
        try (DataDirectory data = DataDirectory.take(dir.resolve("broker"));
                EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {
            if (Boolean.getBoolean("leat.golden.write")) {
                write(kafka.bootstrap());
            }
            Path restored = dir.resolve("restored");
            Path checkpoint = restored.resolve("checkpoints/golden/of-an-earlier-build/chk-1/_metadata");
            Files.createDirectories(checkpoint.getParent());
            Files.copy(GOLDEN, checkpoint);
            SmallFeed feed = new SmallFeed("golden", kafka.bootstrap(), restored);
            feed.scrape(5, 3_000, 2);
            feed.scrape(10, 4_000, 7);

            Tally tally = feed.workOnTopOf(20, Refusal.Code.RAW_RECREATED, Refusal.Code.LOG_BEHIND);

            assertThat(tally).isEqualTo(new Tally(35, 30, 5, 0, 0));
            List<ChangeLine> told = new ArrayList<>();
            TopicReader.committed(kafka.bootstrap()).read(feed.log(), rec -> told.add(ChangeLine.parse(rec.value())));
            assertThat(told).hasSize(10).allSatisfy(change -> {
                assertThat(change.seq()).isEqualTo(3);
                assertThat(change.before()).hasToString("{\"price\":2}");
            });
        }
    }

    private void write(String bootstrap) throws IOException {
        Path worked = dir.resolve("worked");
        SmallFeed feed = new SmallFeed("golden", bootstrap, worked);
        feed.scrape(10, 1_000, 1);
        feed.scrape(10, 2_000, 2);
        assertThat(feed.work().changed()).isEqualTo(20);
        try (Stream<Path> files = Files.walk(worked.resolve("checkpoints"))) {
            Path newest = files.filter(file -> file.endsWith("_metadata"))
                    .max(java.util.Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElseThrow();
            Files.createDirectories(GOLDEN.getParent());
            Files.deleteIfExists(GOLDEN);
            Files.copy(newest, GOLDEN);
        }
        throw new AssertionError("the golden file is written; run again without -Dleat.golden.write");
    }
}
