package io.leat.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Feed;
import io.leat.core.Rules;
import io.leat.core.Tally;
import io.leat.format.Sites;
import io.leat.format.Topics;
import io.leat.format.feedfile.FeedFile;
import io.leat.job.FeedJob;
import io.leat.job.FeedTopics;
import io.leat.job.Rulings;
import io.leat.testkit.PlainJson;
import io.leat.testkit.Scenario;
import io.leat.testkit.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every scenario folder on a real cluster and broker, and again with the jobs killed between two checkpoints. */
class ScenarioIT {

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

        Running(Scenario scenario, String suffix) {
            this.scenario = scenario;
            this.feed = renamed(scenario, suffix);
            try (Admin admin = broker.admin()) {
                this.prepared = FeedTopics.prepare(admin, feed);
            }
        }

        void start(EmbeddedFlink flink) throws Exception {
            Configuration settings = JobSettings.of(feed, 1, Duration.ofHours(1), data);
            StreamExecutionEnvironment env = new StreamExecutionEnvironment(settings);
            FeedJob.describe(env, feed, new FeedJob.Kafka(broker.bootstrap(), prepared, broker.client()));
            job = flink.submit(env, settings);
        }

        /** Sends records up to a share of all. */
        void feed(KafkaProducer<byte[], byte[]> producer, double share) throws Exception {
            List<Scenario.Line> records = scenario.records();
            int until = (int) Math.round(records.size() * share);
            for (; fed < until; fed++) {
                Scenario.Line line = records.get(fed);
                ProducerRecord<byte[], byte[]> raw =
                        new ProducerRecord<>(feed.source().topic(), 0, null, line.value());
                if (!line.ruling().isEmpty()) {
                    raw.headers().add(Rulings.HEADER, line.ruling().getBytes(StandardCharsets.US_ASCII));
                }
                producer.send(raw).get();
            }
        }

        long scrapesFed() {
            Rules.Gone gone = feed.rules().gone();
            Sites sites = gone == null ? null : new Sites(feed, gone);
            return scenario.records().subList(0, fed).stream()
                    .filter(line -> line.ruling().isEmpty())
                    .filter(line -> sites == null || sites.crawlEnded(line.value()) == null)
                    .count();
        }

        List<String> judged() {
            Topics topics = Topics.of(feed);
            List<JsonNode> changes = new ArrayList<>();
            read(topics.changes(), each -> changes.add(PlainJson.parse(each.value())));
            List<JsonNode> held = new ArrayList<>();
            Set<String> said = new HashSet<>();
            if (!feed.rules().hold().isEmpty()) {
                read(topics.held(), each -> {
                    JsonNode note = PlainJson.parse(each.value());
                    if (said.add(note.path("id") + " " + note.path("status"))) {
                        held.add(note); // a scrape that is judged again after a crash is noted again
                    }
                });
            }
            List<JsonNode> dead = new ArrayList<>();
            Set<String> letters = new HashSet<>();
            read(topics.deadLetters(), each -> {
                if (letters.add(new String(each.key(), StandardCharsets.UTF_8))) {
                    String code = new String(
                            each.headers().lastHeader("leat.error.code").value(), StandardCharsets.UTF_8);
                    dead.add(PlainJson.parse("{\"code\":\"" + code + "\"}"));
                }
            });
            return scenario.judge(changes, held, dead);
        }

        private void read(String topic, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
            TopicReader.committed(broker.bootstrap()).read(topic, each);
        }
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
        Tally tally = run("", false);
        assertThat(tally).isEqualTo(expected());
        jobs.forEach(each -> assertThat(each.judged()).as(each.scenario.name()).isEmpty());
    }

    /** Which silent scrapes are counted as stale is up to the moment of the kill. Nothing else is. */
    @Test
    void aKillInTheMiddleChangesNothingThatIsTold() throws Exception {
        Tally tally = run("-killed", true);
        assertThat(tally.in()).isEqualTo(expected().in());
        assertThat(tally.changed()).isEqualTo(expected().changed());
        assertThat(tally.dead()).isEqualTo(expected().dead());
        jobs.forEach(each -> assertThat(each.judged()).as(each.scenario.name()).isEmpty());
    }

    private Tally run(String suffix, boolean kill) throws Exception {
        Scenario.all().forEach(scenario -> jobs.add(new Running(scenario, suffix)));
        try (EmbeddedFlink flink = EmbeddedFlink.start(jobs.size());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        broker.settings(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
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

    private void work(EmbeddedFlink flink, KafkaProducer<byte[], byte[]> producer, double share) throws Exception {
        for (Running each : jobs) {
            each.feed(producer, share);
        }
        long scrapes = jobs.stream().mapToLong(Running::scrapesFed).sum();
        Awaitility.await().atMost(PATIENCE).until(() -> {
            Tally tally = flink.reporter().figures(0, "").tally();
            return tally.in() == scrapes && tally.balances();
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
        return Scenario.all().stream()
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

    private static Feed renamed(Scenario scenario, String suffix) {
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
                feed.log());
    }
}
