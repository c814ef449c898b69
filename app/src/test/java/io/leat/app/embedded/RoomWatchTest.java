package io.leat.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomWatchTest {

    private static final String SEGMENT = "00000000000000000000";

    @TempDir
    private Path dir;

    @Test
    void whatABrokerOnlySeemsToHaveTakenDoesNotCount() throws IOException {
        Path partition = Files.createDirectories(dir.resolve("kafka/prices.raw-0"));
        Files.write(partition.resolve(SEGMENT + ".log"), new byte[700]);
        for (String index : new String[] {".index", ".timeindex"}) {
            try (RandomAccessFile file =
                    new RandomAccessFile(partition.resolve(SEGMENT + index).toFile(), "rw")) {
                file.setLength(10L << 20);
            }
        }
        Files.write(dir.resolve("leat.log"), new byte[50]);
        assertThat(RoomWatch.size(dir)).isEqualTo(750);
    }

    @Test
    void everythingElseCounts() throws IOException {
        Files.write(Files.createDirectories(dir.resolve("checkpoints/prices")).resolve("my.index"), new byte[30]);
        Files.write(dir.resolve("state"), new byte[3]);
        assertThat(RoomWatch.size(dir)).isEqualTo(33);
    }
}
