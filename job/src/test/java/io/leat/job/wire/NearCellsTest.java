package io.leat.job.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Compared;
import io.leat.core.Known;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class NearCellsTest {

    private static final int KEYS = 300_000;
    private static final long SEED = Long.getLong("leat.seed", 20_261_126);

    @Test
    void whatIsFoundIsWhatIsKnownOfThatVeryKey() {
        NearCells near = new NearCells();
        Map<String, KnownCell> all = new HashMap<>();
        RandomGenerator random = new SplittableRandom(SEED);
        int found = 0;
        for (int i = 0; i < 3 * KEYS; i++) {
            int number = random.nextInt(KEYS);
            String key = "[\"shop-%d\",\"SKU-%d\"]".formatted(number % 7, number);
            KnownCell known = all.computeIfAbsent(key, unused -> cell());
            KnownCell seen = near.find(key);
            if (seen == null) {
                near.keep(known);
            } else {
                assertThat(seen).isSameAs(known);
                found++;
            }
        }
        assertThat(found).as("seed %d", SEED).isGreaterThan(KEYS / 4);
        near.forget();
        for (String key : all.keySet()) {
            assertThat(near.find(key)).isNull();
        }
    }

    @Test
    void keysOfAllShapesHaveBitsOfTheirOwn() {
        KeyBits bits = new KeyBits();
        Set<String> seen = new HashSet<>();
        int keys = 0;
        for (String part : new String[] {"", "a", "\u0000", "\uffff", "\ud83d\ude00", "ab", "ba", "日本"}) {
            for (int times = 1; times < 40; times++) {
                bits.of("[\"" + part.repeat(times) + "\"," + times + "]");
                seen.add(bits.high() + " " + bits.low());
                keys++;
            }
        }
        for (int length = 0; length < 9; length++) {
            bits.of("\u0000".repeat(length));
            seen.add(bits.high() + " " + bits.low());
            keys++;
        }
        assertThat(seen).hasSize(keys);
    }

    @Test
    void nobodyOutsideKnowsTheBits() {
        KeyBits mine = new KeyBits();
        KeyBits other = new KeyBits();
        mine.of("[\"a\",\"b\"]");
        other.of("[\"a\",\"b\"]");
        assertThat(mine.high()).isNotEqualTo(other.high()).isNotEqualTo(mine.low());
        long high = mine.high();
        mine.of("[\"a\",\"b\"]");
        assertThat(mine.high()).isEqualTo(high);
    }

    private static KnownCell cell() {
        return new KnownCell(new Known(1, 1, 1, Compared.NOTHING));
    }
}
