package io.leat.job.quick;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.leat.core.Feed;
import io.leat.core.Position;
import io.leat.core.Ruling;
import io.leat.format.feedfile.FeedFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fails when a scrape that tells nothing costs more memory than it should: no stopwatch, so it means the same everywhere. */
class HotPathCostTest {

    private static final int KEYS = 200;
    private static final int ROUNDS = 20;
    private static final long MOST_BYTES = 1_200;

    private static final String CONTRACT =
            """
            {"type": "object", "required": ["id", "sku", "price", "at"], "properties": {
              "id": {"type": "string", "format": "uuid"},
              "sku": {"type": "string", "pattern": "^[A-Z]+-[0-9]{3}$"},
              "url": {"type": "string", "format": "uri"},
              "price": {"type": "string", "pattern": "^\\\\$[0-9,]+\\\\.[0-9]{2}$"},
              "at": {"type": "string", "format": "date-time"}}}
            """;

    @TempDir
    Path directory;

    @Test
    void aScrapeThatTellsNothingIsReadWithoutATreeANormalFormOrAValue() throws IOException {
        Way way = new Way(feed(), true);
        byte[][][] scrapes = new byte[ROUNDS + 1][KEYS][];
        for (int round = 0; round <= ROUNDS; round++) {
            for (int key = 0; key < KEYS; key++) {
                scrapes[round][key] = scrape(round, key);
            }
        }
        round(way, scrapes[0]);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int round = 1; round <= ROUNDS; round++) {
            round(way, scrapes[round]);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(way.repeats()).isEqualTo((long) KEYS * ROUNDS);
        assertThat(bytes / (KEYS * ROUNDS)).isLessThan(MOST_BYTES);
    }

    private static void round(Way way, byte[][] scrapes) throws IOException {
        for (int key = 0; key < KEYS; key++) {
            way.take(scrapes[key], 1_800_000_000_000L, new Position("shop.raw", 0, key), Ruling.NONE, false);
        }
    }

    private static byte[] scrape(int round, int key) {
        return ("{\"id\":\"a359288d-d860-4735-1c19-%012d\",\"sku\":\"SKU-%03d\",\"url\":\"https://shop.example/p/%d\","
                        + "\"title\":\"Stainless steel bottle, double wall, 750 ml\",\"price\":\"$1,0%02d.99\","
                        + "\"currency\":\"USD\",\"in_stock\":true,\"at\":\"2026-02-07T17:%02d:01.123456Z\"}")
                .formatted(round, key, key, key % 100, round)
                .getBytes(StandardCharsets.UTF_8);
    }

    private Feed feed() throws IOException {
        Files.writeString(directory.resolve("price.schema.json"), CONTRACT);
        Path file = Files.writeString(
                directory.resolve("feed.yaml"),
                """
                feed: shop
                contract: price.schema.json
                key: sku
                time: {field: at}
                normalize: {price: {as: money, currency: currency}}
                changes: {compare: [price, currency, in_stock], hold: {price: {ratio: [0.2, 5]}}}
                """);
        FeedFile.Outcome outcome = FeedFile.read(file, name -> null);
        assertThat(outcome).isInstanceOf(FeedFile.Valid.class);
        return ((FeedFile.Valid) outcome).feed();
    }
}
