package io.leat.app.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.process.QuickStart;
import io.leat.app.webhook.ChangeTopic;
import io.leat.app.webhook.Teller;
import io.leat.testkit.OsProcess;
import io.leat.testkit.RandomSeed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code leat deliver} in several processes into one directory, one bucket, one database and the topics of another cluster: one is
 * held up until another has taken its place and then goes on, others are killed, and so are the store, the database and the broker
 * of the other cluster. The judges see files and manifests, tables, or topics alone. Rounds of that: {@code -Dleat.rounds}, or until
 * so many changes are told: {@code -Dleat.changes}; how many a second: {@code -Dleat.pace}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class DeliverIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LONGEST_MOMENT_NANOS = 1_500_000_000L;
    private static final Pattern DELIVERS = Pattern.compile("delivering taken to ");
    private static final int ROUNDS = Integer.getInteger("leat.rounds", 1);
    private static final int PARTITIONS = 2;
    private static final int PER_SECOND = Integer.getInteger("leat.pace", 200);
    private static final int CHANGES = Integer.getInteger("leat.changes", 0);

    @TempDir
    private Path dir;

    private OtherEnds ends;
    private int started;

    @Test
    void trap9HeldUpAndKilledOnBothSidesEachChangeIsInOneFileOneObjectOneRowAndOneRecord() throws Exception {
        RandomSeed seed = RandomSeed.of("deliver");
        Random random = new Random(seed.random().nextLong());
        try (DataDirectory data = DataDirectory.take(dir.resolve("data"));
                EmbeddedKafka kafka = EmbeddedKafka.start(data, 0);
                ChangeTopic log = new ChangeTopic(kafka.bootstrap(), "taken", PARTITIONS, 100);
                OtherEnds others = new OtherEnds(dir, PARTITIONS)) {
            ends = others;
            Files.writeString(dir.resolve("feed.yaml"), "feed: taken\nkey: sku\ntime: at\n" + ends.sinks());
            int kills = 0;
            try (Teller teller = new Teller(log, PER_SECOND)) {
                for (int round = 0; round < ROUNDS || log.told() < CHANGES; round++) {
                    kills += heldUpAndKilled(kafka.bootstrap(), random);
                }
            }
            Instant told = Instant.now();
            ChangesJudge judge = PeerTopics.log(kafka.bootstrap());
            assertThat(judge.size()).isEqualTo(log.told());
            try (OsProcess last = deliver(kafka.bootstrap())) {
                ends.awaitFiles(told);
                ends.judgeTablesAndTopics(judge, seed);
                last.terminate();
                last.awaitExit(PATIENCE);
            }
            System.out.printf(
                    "deliver kills=%s changes=%s %srepeats=%s %s%n",
                    kills, log.told(), ends.judgeFiles(judge, seed), ends.repeats(log.told()), seed);
        }
    }

    /**
     * Two at work; the one stops in the middle of it, the other dies, a third takes over, and the first goes on. Of store
     * and database one dies while two work, one while the third works beside the one that goes on, and the broker while nobody does.
     */
    private int heldUpAndKilled(String bootstrap, Random random) throws Exception {
        List<Runnable> strokes = ends.strokes(random);
        try (OsProcess first = deliver(bootstrap);
                OsProcess second = deliver(bootstrap)) {
            ends.awaitFiles(Instant.now());
            aMoment(random);
            strokes.get(0).run();
            aMoment(random);
            first.stop();
            aMoment(random);
            second.kill9();
            ends.strikeCluster();
            try (OsProcess third = deliver(bootstrap)) {
                ends.awaitFiles(Instant.now());
                first.cont();
                aMoment(random);
                strokes.get(1).run();
                aMoment(random);
                third.kill9();
            }
        }
        return 3 + strokes.size();
    }

    private static void aMoment(Random random) {
        LockSupport.parkNanos(random.nextLong(LONGEST_MOMENT_NANOS));
    }

    private OsProcess deliver(String bootstrap) {
        String name = "deliver-" + started++;
        List<String> options = new ArrayList<>(QuickStart.options());
        options.add("-Xmx256m");
        OsProcess process = OsProcess.java(
                dir.resolve(name + ".out"),
                options,
                "io.leat.app.Leat",
                List.of(
                        "deliver",
                        dir.resolve("feed.yaml").toString(),
                        "--kafka",
                        bootstrap,
                        "--allow-private-webhooks",
                        "--data",
                        dir.resolve(name).toString(),
                        "--log",
                        dir.resolve(name + ".log").toString()));
        process.awaitLine(DELIVERS, PATIENCE);
        return process;
    }
}
