package io.leat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class FingerprintTableTest {

    @Test
    void itNumbersMembersAsAMapWould() {
        RandomGenerator random = RandomSeed.of("FingerprintTableTest").random();
        FingerprintTable table = new FingerprintTable();
        Map<Fingerprint, Integer> map = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            // small numbers, so that members share slots and halves
            Fingerprint member = new Fingerprint(random.nextInt(300), random.nextInt(300));
            assertThat(table.find(member)).isEqualTo(map.getOrDefault(member, -1));
            int next = map.size();
            int number = map.computeIfAbsent(member, m -> next);
            assertThat(table.add(member)).isEqualTo(number);
            assertThat(table.get(number)).isEqualTo(member);
        }
        assertThat(table.size()).isEqualTo(map.size());
    }
}
