package io.leat.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

    @TempDir
    Path dir;

    private Path checkpoint(String name, long writtenAt) throws IOException {
        Path checkpoint = Files.createDirectories(dir.resolve(name));
        Path metadata = Files.writeString(checkpoint.resolve("_metadata"), "x");
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(writtenAt));
        return checkpoint;
    }

    @Test
    void theNewestIsFoundAcrossRuns() throws IOException {
        checkpoint("b/chk-9", 1_000);
        Path newest = checkpoint("a/chk-2", 2_000);
        Files.createDirectories(dir.resolve("a/chk-3"));
        assertThat(Checkpoints.newest(dir)).contains(newest);
    }

    @Test
    void aFirstStartHasNone() {
        assertThat(Checkpoints.newest(dir.resolve("none"))).isEmpty();
    }

    @Test
    void oldOnesGoAndTheNewestStay() throws IOException {
        Path oldest = checkpoint("a/chk-1", 1_000);
        Path older = checkpoint("b/chk-1", 2_000);
        Path newest = checkpoint("c/chk-1", 3_000);
        Checkpoints.prune(dir, 2);
        assertThat(oldest).doesNotExist();
        assertThat(older).exists();
        assertThat(newest).exists();
    }
}
