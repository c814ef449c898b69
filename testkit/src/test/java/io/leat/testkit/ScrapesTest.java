package io.leat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScrapesTest {

    private static final int RECORDS = 100_000;
    private static final int KEYS = 2_000;

    @Test
    void theSameSeedGivesTheSameBytes() {
        Scrapes.Plan plan = Scrapes.Plan.of(7, 20_000, 100).withHot(0.3);
        assertThat(digest(plan)).isEqualTo(digest(plan));
        assertThat(digest(plan))
                .isNotEqualTo(digest(Scrapes.Plan.of(8, 20_000, 100).withHot(0.3)));
    }

    @Test
    void theSharesAreAsPlanned() {
        RandomSeed seed = RandomSeed.of("ScrapesTest");
        Scrapes scrapes = new Scrapes(Scrapes.Plan.of(seed.value(), RECORDS, KEYS));
        LastWriterWins reference = new LastWriterWins(Scrapes.shape());
        long count = 0;
        while (scrapes.hasNext()) {
            reference.add(scrapes.next().value());
            count++;
        }
        ExpectedTally tally = reference.expectedTally();
        assertThat(count).isEqualTo(RECORDS);
        assertThat(reference.keyCount()).isEqualTo(KEYS);
        assertThat(tally.in()).isEqualTo(RECORDS);
        assertThat(tally.refused()).isBetween(350L, 700L);
        assertThat(tally.changed()).isBetween(RECORDS / 25L, RECORDS * 9L / 100);
        assertThat(tally.stale()).isBetween(RECORDS * 2L / 100, RECORDS * 9L / 100);
        assertThat(tally.undecided()).isBetween(1L, 400L);
        assertThat(tally.changed() + tally.unchanged() + tally.stale() + tally.refused() + tally.undecided())
                .isEqualTo(RECORDS);
    }

    @Test
    void hotKeysGetTheirShare() {
        Scrapes scrapes = new Scrapes(Scrapes.Plan.of(1, RECORDS, KEYS).withHot(0.5));
        Map<String, Integer> counts = new HashMap<>();
        while (scrapes.hasNext()) {
            counts.merge(new String(scrapes.next().key(), java.nio.charset.StandardCharsets.UTF_8), 1, Integer::sum);
        }
        int hot = 0;
        for (int key = 0; key < KEYS / 100; key++) {
            hot += counts.getOrDefault("[\"shop-%d\",\"sku-%07d\"]".formatted(key % 10, key), 0);
        }
        assertThat(hot).isBetween(RECORDS * 45 / 100, RECORDS * 56 / 100);
    }

    private static int digest(Scrapes.Plan plan) {
        Scrapes scrapes = new Scrapes(plan);
        int digest = 1;
        while (scrapes.hasNext()) {
            digest = 31 * digest + Arrays.hashCode(scrapes.next().value());
        }
        return digest;
    }
}
