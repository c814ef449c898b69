package io.leat.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Feed;
import io.leat.core.Order;
import io.leat.core.Position;
import io.leat.core.Ruling;
import io.leat.core.Tally;
import io.leat.format.Fold;
import io.leat.format.Topics;
import io.leat.format.feedfile.FeedFile;
import io.leat.format.scenario.Found;
import io.leat.format.scenario.Scenario;
import io.leat.format.scenario.Verdict;
import io.leat.job.FeedJob;
import io.leat.job.FeedTopics;
import io.leat.job.JobSettings;
import io.leat.job.Rulings;
import io.leat.testkit.PlainJson;
import io.leat.testkit.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Every scenario folder on a real cluster and broker; and again with state on disk and the jobs killed between two
 * checkpoints. One answer, to the last counter.
 */
class ScenarioIT {

    private static final List<Scenario> ALL = Scenario.in(Path.of("..", "scenarios"));
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private static Path brokerDir;

    private static DataDirectory data;
    private static EmbeddedKafka kafka;
    private static Broker broker;

    private final List<Running> jobs = new ArrayList<>();

    /** A scenario at work. */
    private final class Running {
        private final Scenario scenario;
        private final Feed feed;
        private final FeedTopics.Prepared prepared;
        private int fed;
        private EmbeddedFlink.Job job;

        Running(Scenario scenario, String suffix, Feed.State state) {
            this.scenario = scenario;
            this.feed = renamed(scenario, suffix, state);
            try (Admin admin = broker.admin()) {
                this.prepared = FeedTopics.prepare(admin, feed);
                takeTimesAsTheyAre(admin, feed.source().topic());
            }
        }

        void start(EmbeddedFlink flink) throws Exception {
            Configuration settings = JobSettings.of(feed, Duration.ofHours(1), 1);
            LocalState.keep(settings, feed, data);
            StreamExecutionEnvironment env = new StreamExecutionEnvironment(settings);
            FeedJob.describe(env, feed, new FeedJob.Kafka(broker.bootstrap(), prepared, broker.client()));
            job = flink.submit(env, settings);
        }

        /** Sends records up to a share of all, those of one share at once. */
        void feed(KafkaProducer<byte[], byte[]> producer, double share) {
            int until = (int) Math.round(scenario.records().size() * share);
            for (Scenario.Line line : scenario.records().subList(fed, until)) {
                ProducerRecord<byte[], byte[]> raw = new ProducerRecord<>(
                        feed.source().topic(),
                        0,
                        line.takenMillis() == Scenario.ANY_TIME ? null : (Long) line.takenMillis(),
                        null,
                        line.value());
                if (line.ruling() != Ruling.NONE) {
                    raw.headers().add(Rulings.HEADER, header(line.ruling()).getBytes(StandardCharsets.US_ASCII));
                }
                producer.send(raw);
            }
            fed = until;
        }

        /** Where what was sent has gone when nothing more happens: those that wait are in flight. */
        Tally settled() {
            Fold fold = Fold.inOrder(feed, change -> {});
            long offset = 0;
            for (Scenario.Line line : scenario.records().subList(0, fed)) {
                long taken = line.takenMillis() == Scenario.ANY_TIME ? System.currentTimeMillis() : line.takenMillis();
                fold.take(line.value(), taken, new Position(feed.source().topic(), 0, offset++), line.ruling());
            }
            if (scenario.waiting() == 0) {
                fold.end();
            }
            return fold.tally();
        }

        List<Verdict.Difference> judged() {
            Topics topics = Topics.of(feed);
            List<String> changes = new ArrayList<>();
            read(topics.changes(), each -> changes.add(text(each.value())));
            List<String> held = new ArrayList<>();
            Set<String> said = new HashSet<>();
            if (!feed.rules().hold().isEmpty()) {
                read(topics.held(), each -> {
                    JsonNode note = PlainJson.parse(each.value());
                    if (said.add(note.path("id") + " " + note.path("status"))) {
                        held.add(text(each.value())); // a scrape that is judged again after a crash is noted again
                    }
                });
            }
            List<String> dead = new ArrayList<>();
            Set<String> letters = new HashSet<>();
            read(topics.deadLetters(), each -> {
                if (letters.add(text(each.key()))) {
                    String code =
                            text(each.headers().lastHeader("leat.error.code").value());
                    dead.add("{\"code\":\"" + code + "\"}");
                }
            });
            Map<String, String> late = new LinkedHashMap<>();
            if (feed.time().order().late() == Order.Late.DEAD_LETTER) {
                read(topics.late(), each -> late.put(text(each.key()), text(each.value())));
            }
            Map<String, String> windows = new TreeMap<>();
            if (!feed.windows().isEmpty()) {
                read(topics.windows(), each -> windows.put(text(each.key()), text(each.value())));
            }
            return Verdict.of(
                    scenario,
                    new Found(changes, held, dead, List.copyOf(late.values()), List.copyOf(windows.values())),
                    Map.of());
        }

        private void read(String topic, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
            TopicReader.committed(broker.bootstrap()).read(topic, each);
        }
    }

    private static String header(Ruling ruling) {
        return ruling.name().toLowerCase(Locale.ROOT);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Where a folder says when the broker took its records, the broker has to believe it, and keep them. */
    private static void takeTimesAsTheyAre(Admin admin, String topic) {
        List<AlterConfigOp> settings = List.of(
                new AlterConfigOp(
                        new ConfigEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime"),
                        AlterConfigOp.OpType.SET),
                new AlterConfigOp(new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, "-1"), AlterConfigOp.OpType.SET));
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), settings))
                .all()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @BeforeAll
    static void startBroker() {
        data = DataDirectory.take(brokerDir);
        kafka = EmbeddedKafka.start(data, 0);
        broker = new Broker(kafka.bootstrap(), Map.of());
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
        data.close();
    }

    @Test
    void theClusterTellsWhatTheFoldersSay() throws Exception {
        assertThat(run("", Feed.State.MEMORY, false)).isEqualTo(expected());
        jobs.forEach(each -> assertThat(each.judged()).as(each.scenario.name()).isEmpty());
    }

    @Test
    void aKillInTheMiddleAndStateOnDiskChangeNothing() throws Exception {
        assertThat(run("-killed", Feed.State.DISK, true)).isEqualTo(expected());
        jobs.forEach(each -> assertThat(each.judged()).as(each.scenario.name()).isEmpty());
    }

    private Tally run(String suffix, Feed.State state, boolean kill) throws Exception {
        ALL.forEach(scenario -> jobs.add(new Running(scenario, suffix, state)));
        try (EmbeddedFlink flink = EmbeddedFlink.start(jobs.size());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        broker.settings(Map.of(ProducerConfig.LINGER_MS_CONFIG, "100")),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            startAll(flink);
            if (kill) {
                work(flink, producer, 0.3);
                checkpointAll(flink);
                work(flink, producer, 0.7);
                jobs.forEach(each -> flink.cancel(each.job));
                startAll(flink);
            }
            work(flink, producer, 1);
            checkpointAll(flink);
            Tally tally = flink.reporter().figures(0, "").tally();
            jobs.forEach(each -> flink.cancel(each.job));
            return tally;
        }
    }

    private void startAll(EmbeddedFlink flink) throws Exception {
        for (Running each : jobs) {
            each.start(flink);
        }
    }

    private void work(EmbeddedFlink flink, KafkaProducer<byte[], byte[]> producer, double share) {
        for (Running each : jobs) {
            each.feed(producer, share);
        }
        producer.flush();
        Tally settled = jobs.stream().map(Running::settled).reduce(Tally.ZERO, Tally::plus);
        Awaitility.await().atMost(PATIENCE).until(() -> {
            Tally tally = flink.reporter().figures(0, "").tally();
            return tally.in() == settled.in() && tally.inFlight() <= settled.inFlight();
        });
    }

    private void checkpointAll(EmbeddedFlink flink) {
        for (Running each : jobs) {
            Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> !flink.checkpoint(each.job)
                    .join()
                    .isEmpty());
        }
    }

    private static Tally expected() {
        return ALL.stream()
                .map(Scenario::counters)
                .map(counters -> new Tally(
                        count(counters, "in"),
                        count(counters, "changed"),
                        count(counters, "unchanged"),
                        count(counters, "stale"),
                        count(counters, "dead"),
                        count(counters, "late"),
                        count(counters, "seeded"),
                        count(counters, "unsettled"),
                        count(counters, "held")))
                .reduce(Tally.ZERO, Tally::plus);
    }

    private static long count(Map<String, Long> counters, String name) {
        return counters.getOrDefault(name, 0L);
    }

    private static Feed renamed(Scenario scenario, String suffix, Feed.State state) {
        Feed feed = ((FeedFile.Valid) Objects.requireNonNull(FeedFile.read(scenario.feedFile(), name -> null))).feed();
        String name = feed.name() + suffix;
        return new Feed(
                name,
                new Feed.Source(name + ".raw", 1, Map.of()),
                feed.contracts(),
                feed.key(),
                feed.time(),
                feed.comparison(),
                feed.rules(),
                feed.log(),
                feed.limits(),
                feed.windows(),
                state,
                feed.normalize(),
                feed.watch());
    }
}
