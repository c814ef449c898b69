package io.leat.app.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.core.Feed;
import io.leat.format.feedfile.FeedFile;
import io.leat.testkit.CheckResult;
import io.leat.testkit.OsProcess;
import io.leat.testkit.RandomSeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same feed file on a Flink cluster of processes of their own, from the commands a person would use, under load: other
 * parallelisms, task managers and job managers killed, started from nothing and from a savepoint that is long past. What the
 * log says at the end is what a run without any of it says. Rounds: {@code -Dleat.rounds}.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class ClusterIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int ROUNDS = Integer.getInteger("leat.rounds", 1);
    private static final int PER_SECOND = 2_000;
    private static final int SECONDS_A_ROUND = 25;
    private static final Path ONE_JAR =
            Path.of("../job/target/leat-flink.jar").toAbsolutePath().normalize();
    private static final Pattern SAVEPOINT = Pattern.compile("savepoint (file:\\S+)");

    @TempDir
    private Path dir;

    private final List<String> done = new ArrayList<>();

    @Test
    void whateverBecomesOfTheClusterTheLogIsWhatACalmRunTells() throws Exception {
        RandomSeed seed = RandomSeed.of("cluster");
        CrashRig rig = CrashRig.make(dir, seed, (long) PER_SECOND * SECONDS_A_ROUND * ROUNDS, 5_000, 2);
        Feed feed = ((FeedFile.Valid) FeedFile.read(rig.feed, name -> null)).feed();
        try (DataDirectory data = DataDirectory.take(rig.data);
                EmbeddedKafka kafka = EmbeddedKafka.start(data, 0);
                FlinkProcesses cluster = new FlinkProcesses(dir.resolve("flink"), 2)) {
            Asked asked = new Asked(rig, cluster.address(), kafka.bootstrap(), dir.resolve("state"));
            asked.job("submit");
            new ClusterRefusals(rig.feed, cluster.address(), kafka.bootstrap(), dir.resolve("state")).eachHasItsCode();
            try (PacedScrapes load = new PacedScrapes(feed, kafka.bootstrap(), rig.records, PER_SECOND)) {
                for (int round = 0; round < ROUNDS; round++) {
                    round(asked, cluster, seed.random());
                }
                Awaitility.await().atMost(PATIENCE).until(load::isOver);
            }
            AllRead.await(kafka.bootstrap(), feed, PATIENCE);
            CheckResult result = rig.judge(kafka.bootstrap());
            System.out.println("cluster " + done + " " + result + " " + seed);
            assertThat(result.isClean()).as(result.report()).isTrue();
        }
    }

    private void round(Asked asked, FlinkProcesses cluster, RandomGenerator random) throws Exception {
        String past = asked.savepoint();
        asked.job("rescale", "--parallelism", "2");
        done.add("rescaled");
        cluster.killTaskManager(random.nextInt(2));
        done.add("task manager killed");
        asked.job("upgrade");
        done.add("upgraded");
        asked.job("rescale", "--parallelism", "1");
        done.add("rescaled");
        cluster.killJobManager();
        done.add("job manager killed");
        asked.job("submit");
        done.add("started from nothing");
        cluster.become(ONE_JAR, asked.arguments());
        cluster.awaitCheckpoint();
        done.add("started as a cluster of its own");
        cluster.killJobManager();
        asked.job("submit", "--savepoint", past);
        done.add("started from the past");
    }

    /** The commands, each of which has to succeed. */
    private record Asked(CrashRig rig, String flink, String kafka, Path state) {

        void job(String command, String... more) throws Exception {
            List<String> line = line(command);
            line.addAll(List.of("--kafka", kafka, "-D", CrashRig.OFTEN));
            line.addAll(List.of(more));
            assertThat(say(line)).contains("runs as job");
        }

        /** The same words for the main class of a cluster that runs nothing else. */
        List<String> arguments() throws IOException {
            String below = Files.createDirectories(state).toUri().toString();
            return List.of(
                    rig.feed.toString(),
                    "--kafka",
                    kafka,
                    "--checkpoints",
                    below,
                    "--parallelism",
                    "2",
                    "-D",
                    CrashRig.OFTEN);
        }

        String savepoint() throws Exception {
            Matcher saved = SAVEPOINT.matcher(say(line("savepoint")));
            assertThat(saved.find()).isTrue();
            return saved.group(1);
        }

        private List<String> line(String command) throws Exception {
            return new ArrayList<>(List.of(
                    command,
                    rig.feed.toString(),
                    "--flink",
                    flink,
                    "--checkpoints",
                    Files.createDirectories(state).toUri().toString()));
        }

        private String say(List<String> line) {
            try (OsProcess command = rig.java("io.leat.app.Leat", line)) {
                CrashRig.mustEndWell(command);
                return command.said();
            }
        }
    }
}
