package io.leat.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SurvivorsTest {

    @Test
    void theLastChangeOfEachKeyIsFoundHoweverFewKeysAreRememberedAtATime() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        List<Told> log = new ArrayList<>();
        Map<String, Told> last = new HashMap<>();
        long[] offsets = {1_000, 0, 5_000_000_000L};
        for (int i = 0; i < 20_000; i++) {
            int key = random.nextInt(3_000);
            int partition = key % 3;
            offsets[partition] += 1 + random.nextInt(3);
            byte[] bytes = ("[\"k" + key + "\"]").getBytes(StandardCharsets.UTF_8);
            Told told = new Told(partition, offsets[partition], bytes, new byte[0], Place.at(offsets));
            log.add(told);
            last.put("k" + key, told);
        }
        for (int most : new int[] {1_000_000, 1_500, 700, 40}) {
            Survivors.Search search = new Survivors.Search(3, most);
            int readings = 0;
            do {
                log.forEach(search::saw);
                readings++;
            } while (search.goesOn());
            Survivors found = search.found();
            assertThat(log.stream().filter(found::has).toList())
                    .as("seed %d, %d keys at a time", seed, most)
                    .containsExactlyInAnyOrderElementsOf(last.values());
            assertThat(readings).isGreaterThanOrEqualTo(2_990 / most);
        }
    }

    @Test
    void nothingIsFoundWhereNothingWas() {
        Survivors found = new Survivors.Search(2).found();
        assertThat(found.has(new Told(1, 7, new byte[0], new byte[0], Place.at(new long[] {0, 0})))).isFalse();
    }
}
