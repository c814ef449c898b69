package io.leat.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path dir;

    @Test
    void oneRunHoldsItAtATime() {
        try (DataDirectory held = DataDirectory.take(dir.resolve("data"))) {
            assertThatThrownBy(() -> DataDirectory.take(held.path())).isInstanceOfSatisfying(Failure.class, failure -> {
                assertThat(failure.exit()).isEqualTo(Exit.ENVIRONMENT);
                assertThat(failure.sentence())
                        .contains(Long.toString(ProcessHandle.current().pid()));
            });
        }
        DataDirectory.take(dir.resolve("data")).close();
    }

    @Test
    void whatIsNoDirectoryIsRefused() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "x");
        assertThatThrownBy(() -> DataDirectory.take(file)).isInstanceOf(Failure.class);
    }

    @Test
    void wipingLeavesTheLock() throws IOException {
        try (DataDirectory held = DataDirectory.take(dir)) {
            Files.createDirectories(held.checkpoints("prices").resolve("job/chk-1"));
            held.wipe();
            assertThat(held.checkpoints("prices")).doesNotExist();
            assertThat(DataDirectory.tryTake(dir)).isEmpty();
        }
    }
}
