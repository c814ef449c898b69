package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.testkit.RandomSeed;
import io.leat.testkit.SmallDisk;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose disk is full ends with a sentence and a code; once there is room the same command ends what it began. */
class DiskFullIT {

    private static final int SCRAPES = 10_000;
    /** Bytes of a scrape that no compression shortens. */
    private static final int PADDING = 2_000;

    @TempDir
    private Path dir;

    @Test
    void aFullDiskEndsTheRunWithASentenceAndLosesNothing() throws Exception {
        assumeTrue(SmallDisk.isPossible("a full disk"));
        try (SmallDisk disk = SmallDisk.mount(Files.createDirectory(dir.resolve("data")), 12)) {
            Files.writeString(
                    dir.resolve("feed.yaml"), "feed: full\nkey: sku\ntime: at\nchanges: {compare: [price]}\n");
            write(dir.resolve("scrapes.jsonl"));

            Product.Ended full = run("full");
            assertThat(full.exit()).as(full.err()).isEqualTo(1);
            assertThat(full.err() + full.out())
                    .contains("LEAT-419")
                    .contains("Make room on the disk")
                    .doesNotContain("LEAT-499");

            disk.grow(512);
            Product.Ended again = run("again");
            assertThat(again.exit()).as(again.err()).isZero();
            assertThat(again.lastLine()).contains("\"in\":" + SCRAPES + ",\"changed\":" + SCRAPES);
        }
    }

    private Product.Ended run(String name) {
        return Product.run(
                dir,
                name,
                "run",
                dir.resolve("feed.yaml").toString(),
                "--from",
                dir.resolve("scrapes.jsonl").toString(),
                "--until-end",
                "--data",
                dir.resolve("data").toString(),
                "--port",
                "0",
                "--http",
                "off",
                "--json");
    }

    private static void write(Path file) throws IOException {
        RandomGenerator random = RandomSeed.of("disk-full-run").random();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < SCRAPES; i++) {
                out.write("{\"sku\":" + i + ",\"at\":\"2026-03-01T10:00:00Z\",\"price\":1,\"text\":\"");
                for (int letter = 0; letter < PADDING; letter++) {
                    out.write('a' + random.nextInt('z' - 'a' + 1));
                }
                out.write("\"}\n");
            }
        }
    }
}
