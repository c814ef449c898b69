package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.core.Tally;
import io.leat.job.Refusal;
import io.leat.testkit.ChangeLine;
import io.leat.testkit.TopicReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * State that was saved by this version is restored by every later one: the golden files are a checkpoint and a savepoint of
 * a whole job, ten keys told twice. {@code -Dleat.golden.write=NAME} makes one, once per layout; it is never made again.
 */
class GoldenStateIT {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @TempDir
    private Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint-v1", "savepoint-v2"})
    void stateSavedByAnEarlierBuildIsRestored(String golden) throws Exception {
        Path metadata = GOLDEN.resolve(golden).resolve("_metadata");
        try (DataDirectory data = DataDirectory.take(dir.resolve("broker"));
                EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {
            if (golden.equals(System.getProperty("leat.golden.write"))) {
                write(kafka.bootstrap(), metadata);
            }
            Path restored = dir.resolve("restored");
            Path checkpoint = restored.resolve("checkpoints/golden/of-an-earlier-build/chk-1/_metadata");
            Files.createDirectories(checkpoint.getParent());
            Files.copy(metadata, checkpoint);
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

    private void write(String bootstrap, Path metadata) throws IOException {
        SmallFeed feed = new SmallFeed("golden", bootstrap, dir.resolve("worked"));
        feed.scrape(10, 1_000, 1);
        feed.scrape(10, 2_000, 2);
        Path saved = Path.of(URI.create(feed.workAndSave(dir.resolve("saved"))));
        Files.createDirectories(metadata.getParent());
        Files.copy(saved.resolve("_metadata"), metadata, StandardCopyOption.REPLACE_EXISTING);
        throw new AssertionError("the golden file is written; run again without -Dleat.golden.write");
    }
}
