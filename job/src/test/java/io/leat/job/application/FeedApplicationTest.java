package io.leat.job.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.core.Feed;
import io.leat.format.feedfile.FeedFile;
import io.leat.job.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster of one feed is asked for, and whose word counts. */
class FeedApplicationTest {

    @TempDir
    private Path dir;

    @Test
    void itTakesTheWordsOfSubmit() {
        Asked asked = Asked.of(List.of(
                "feed.yaml", "--kafka", "k:9092", "--parallelism", "4", "--accept", "seq-gap", "-D", "a.b=c=d"));
        assertThat(asked.file()).isEqualTo(Path.of("feed.yaml"));
        assertThat(asked.kafka()).isEqualTo("k:9092");
        assertThat(asked.flink()).isEqualTo(Map.of("parallelism.default", "4", "a.b", "c=d"));
        assertThat(asked.accepted()).extracting(Refusal.Code::accept).containsExactly("seq-gap");
    }

    @Test
    void whatItDoesNotUnderstandIsNamedWithWhatThereIs() {
        for (List<String> wrong : List.of(
                List.<String>of(),
                List.of("feed.yaml"),
                List.of("feed.yaml", "--kafka"),
                List.of("feed.yaml", "another.yaml", "--kafka", "k:9092"),
                List.of("feed.yaml", "--kafka", "k:9092", "--paralelism", "4"),
                List.of("feed.yaml", "--kafka", "k:9092", "--accept", ""),
                List.of("feed.yaml", "--kafka", "k:9092", "-D", "=value"))) {
            assertThatThrownBy(() -> Asked.of(wrong))
                    .as("%s", wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("FEED.yaml --kafka HOST:PORT");
        }
    }

    @Test
    void everythingWrongInTheFeedFileIsSaid() throws IOException {
        Path file = Files.writeString(dir.resolve("feed.yaml"), "feed: prices\nkye: [sku]\nwindwos: []\n");
        assertThatThrownBy(() -> FeedApplication.main(new String[] {file.toString(), "--kafka", "127.0.0.1:1"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("feed.yaml:2:1")
                .hasMessageContaining("feed.yaml:3:1");
    }

    @Test
    void whatIsAskedForComesFirstThenWhatTheClusterSaysThenTheUsual() throws IOException {
        Files.writeString(
                dir.resolve("contract.json"), "{\"type\": \"object\", \"required\": [\"sku\", \"at\", \"price\"]}");
        Path file = Files.writeString(
                dir.resolve("feed.yaml"),
                "feed: prices\ncontract: contract.json\nkey: [sku]\ntime: at\nchanges: {compare: [price]}\n");
        Feed feed = ((FeedFile.Valid) FeedFile.read(file, name -> null)).feed();
        Asked asked = Asked.of(List.of("feed.yaml", "--kafka", "k:9092", "--parallelism", "4"));
        Configuration settings = FeedApplication.settings(
                feed,
                Map.of(
                        "parallelism.default", "2",
                        "execution.checkpointing.interval", "30 s",
                        "execution.state-recovery.ignore-unclaimed-state", "false"),
                asked);
        assertThat(settings.get(CoreOptions.DEFAULT_PARALLELISM)).isEqualTo(4);
        assertThat(settings.get(CheckpointingOptions.CHECKPOINTING_INTERVAL)).hasSeconds(30);
        assertThat(settings.get(PipelineOptions.NAME)).isEqualTo("prices");
        assertThat(settings.get(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE))
                .as("the job checks itself what may be dropped")
                .isTrue();
    }
}
