package io.leat.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.RandomSeed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster of eleven processes under load, to which everything happens that crosses a network: what was acknowledged is there, the log
 * is what a calm run tells, and every client has all of it. One trouble of three kinds by default. Which kinds: {@code -Dleat.faults},
 * of {@code brokers,clocks,cuts,disk,flink,members,tails,tcp}; how many of each: {@code -Dleat.kills}; for how long each, in seconds:
 * {@code -Dleat.fault.seconds=2-40}; a page for the result: {@code -Dleat.faults.page}.
 */
@Timeout(value = 3, unit = TimeUnit.HOURS)
class NetworkFaultsIT {

    private static final List<String> KNOWN =
            List.of("brokers", "clocks", "cuts", "disk", "flink", "members", "tails", "tcp");
    private static final List<String> KINDS =
            Arrays.asList(System.getProperty("leat.faults", "disk,brokers,cuts").split(","));
    private static final int EACH = Integer.getInteger("leat.kills", 1);

    @TempDir
    private Path dir;

    @Test
    void whateverCrossesTheNetworkNothingAcknowledgedIsLostAndEveryClientHasAll() throws Exception {
        assertThat(KNOWN).as("kinds of trouble").containsAll(KINDS);
        RandomSeed seed = RandomSeed.of("network-faults");
        RandomGenerator random = seed.random();
        try (Cluster cluster = new Cluster(dir, KINDS.contains("clocks"))) {
            Campaign campaign = new Campaign(cluster, seed);
            Map<String, List<Trouble>> all = new Troubles(cluster, random).all();
            for (String kind : KINDS) {
                for (Trouble trouble : chosen(all.getOrDefault(kind, List.of()), random)) {
                    campaign.endure(trouble, Campaign.length(random));
                }
            }
            Verdict verdict = campaign.end();
            campaign.tell("network-faults", verdict, "");
            assertThat(verdict.isClean()).as("%s %s", verdict, seed).isTrue();
        }
    }

    /** As many as wanted, each as often as every other, in an order of chance. */
    private static List<Trouble> chosen(List<Trouble> troubles, RandomGenerator random) {
        List<Trouble> chosen = new ArrayList<>();
        while (chosen.size() < EACH && !troubles.isEmpty()) {
            List<Trouble> shuffled = new ArrayList<>(troubles);
            for (int i = shuffled.size() - 1; i > 0; i--) {
                Collections.swap(shuffled, i, random.nextInt(i + 1));
            }
            chosen.addAll(shuffled.subList(0, Math.min(shuffled.size(), EACH - chosen.size())));
        }
        return chosen;
    }
}
