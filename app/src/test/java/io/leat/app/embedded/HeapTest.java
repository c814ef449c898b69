package io.leat.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.OsProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What survives the collections of G1 that clear the young generation alone is seen: in a process with that collector. */
class HeapTest {

    private static final int KEPT = 200 << 20;

    /** Keeps so much that it grows old, and makes garbage until some collections have gone by; none clears the old. */
    public static final class Main {

        public static void main(String[] arguments) {
            List<byte[]> kept = new ArrayList<>();
            long garbage = 0;
            for (int i = 0; i < 2_000; i++) {
                if (kept.size() < KEPT >> 16) {
                    kept.add(new byte[1 << 16]);
                    kept.add(new byte[1 << 16]);
                }
                for (int j = 0; j < 10; j++) {
                    garbage += new byte[1 << 16].length;
                }
            }
            System.out.println("HEAP " + Heap.whenCleared() + " " + Heap.used() + " " + kept.size() + " " + garbage);
        }
    }

    @TempDir
    private Path dir;

    @Test
    void whatIsOldCountsThoughItWasNeverCleared() {
        List<String> options = List.of(
                "-XX:+UseG1GC",
                "-Xmx1g",
                "-Xms1g",
                "-XX:InitiatingHeapOccupancyPercent=90",
                "-XX:-G1UseAdaptiveIHOP",
                "-XX:MaxTenuringThreshold=1");
        try (OsProcess process = OsProcess.java(dir.resolve("out"), options, Main.class.getName(), List.of())) {
            String[] figures = process.awaitLine(Pattern.compile("HEAP .*"), Duration.ofSeconds(30))
                    .group()
                    .split(" ");
            long cleared = Long.parseLong(figures[1]);
            assertThat(cleared).isBetween((long) KEPT, KEPT + (60L << 20));
            assertThat(cleared).isLessThanOrEqualTo(Long.parseLong(figures[2]) + (60L << 20));
        }
    }
}
