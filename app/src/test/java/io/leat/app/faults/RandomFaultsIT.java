package io.leat.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.RandomSeed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Troubles of all kinds by chance, one begun every 20 to 60 s, for {@code -Dleat.soak.minutes}, the full size being 120; the log and
 * the clients are judged at the end, and what the processes hold is looked at meanwhile. {@code -Dleat.soak.clocks=true}
 * puts clocks wrong too. Other properties as in {@link NetworkFaultsIT}.
 */
@EnabledIfSystemProperty(named = "leat.soak.minutes", matches = "\\d+")
@Timeout(value = 4, unit = TimeUnit.HOURS)
class RandomFaultsIT {

    private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("leat.soak.minutes", 0));
    private static final long LEAST_MILLIS = 20_000;
    private static final long MOST_MILLIS = 60_000;
    private static final int TROUBLES_A_LOOK = 3;

    @TempDir
    private Path dir;

    @Test
    void nothingIsLostAndNothingGrowsWhateverHappens() throws Exception {
        RandomSeed seed = RandomSeed.of("random-faults");
        RandomGenerator random = seed.random();
        Vitals vitals = new Vitals();
        try (Cluster cluster = new Cluster(dir, Boolean.getBoolean("leat.soak.clocks"))) {
            Campaign campaign = new Campaign(cluster, seed);
            List<List<Trouble>> kinds =
                    List.copyOf(new Troubles(cluster, random).all().values());
            for (int i = 0; campaign.seconds() < LENGTH.toSeconds(); i++) {
                long next =
                        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextLong(LEAST_MILLIS, MOST_MILLIS));
                List<Trouble> kind = kinds.get(random.nextInt(kinds.size()));
                campaign.endure(kind.get(random.nextInt(kind.size())), Campaign.length(random));
                if (i % TROUBLES_A_LOOK == 0) {
                    vitals.look(cluster.processes(), cluster.directories());
                }
                LockSupport.parkNanos(next - System.nanoTime());
            }
            Verdict verdict = campaign.end();
            campaign.tell("random-faults", verdict, vitals.table() + "\ngrown: " + vitals.grown());
            assertThat(verdict.isClean()).as("%s %s", verdict, seed).isTrue();
            assertThat(vitals.grown()).as(vitals.table()).isEmpty();
        }
    }
}
