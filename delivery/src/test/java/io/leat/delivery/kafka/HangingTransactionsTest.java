package io.leat.delivery.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.core.delivery.KafkaTopic;
import io.leat.core.delivery.KafkaTopic.Guarantee;
import io.leat.delivery.batch.Arrival;
import io.leat.delivery.batch.SinkCode;
import io.leat.delivery.batch.SinkRefusal;
import io.leat.testkit.TestKafka;
import io.leat.testkit.TopicReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Transactions of a former process whose end the coordinator decided while the leader of what they wrote to was away: it passes
 * over what has no leader, and comes back to it never. The first broker coordinates; the second leads partition 0 of the topic,
 * and the offsets of groups.
 */
class HangingTransactionsTest {

    private static final Map<String, String> SETTINGS = Map.of(
            "offsets.topic.num.partitions", "3",
            "transaction.state.log.num.partitions", "1",
            "broker.session.timeout.ms", "3000",
            "broker.heartbeat.interval.ms", "200");
    private static final List<TopicPartition> OFFSETS = IntStream.range(0, 3)
            .mapToObj(partition -> new TopicPartition("__consumer_offsets", partition))
            .toList();
    private static final String ID = "leat-shop-s-log-0";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int PATIENCE_MILLIS = 3_000;

    @TempDir
    private static Path folder;

    private static TestKafka first;
    private static TestKafka second;
    private static Admin admin;

    private final List<TopicLane> lanes = new ArrayList<>();
    private String topic;

    @BeforeAll
    static void start() throws Exception {
        first = new TestKafka(folder.resolve("1"), SETTINGS);
        admin = Admin.create(Map.of("bootstrap.servers", first.bootstrap()));
        admin.createTopics(List.of(new NewTopic("first", 1, (short) 1))).all().get();
        cluster("first").lookAtTransactions("leat-"); // Kafka's own topics are on the first now
        second = another();
        Optional<NewPartitionReassignment> there = Optional.of(new NewPartitionReassignment(List.of(2)));
        admin.alterPartitionReassignments(OFFSETS.stream().collect(Collectors.toMap(place -> place, place -> there)))
                .all()
                .get();
        await(() -> leads(OFFSETS));
    }

    @BeforeEach
    void makeTopic() throws Exception {
        topic = "t-" + UUID.randomUUID();
        admin.createTopics(List.of(new NewTopic(topic, Map.of(0, List.of(2), 1, List.of(1)))))
                .all()
                .get();
    }

    @AfterEach
    void closeLanes() {
        lanes.forEach(TopicLane::close);
    }

    @AfterAll
    static void stop() {
        admin.close();
        second.close();
        first.close();
    }

    @Test
    void whatWasCommittedAndIsNotShownIsToldAgainWhereItIsMissing() throws Exception {
        TopicLane former = lane();
        former.write(100);
        hangsAfter(200, producer -> {
            secondDies();
            producer.commitTransaction();
        });
        try (Markers markers = cluster(topic).markers(ID)) {
            assertThatThrownBy(() -> markers.awaitShown(Map.of(0, Long.MAX_VALUE)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the cluster has committed changes and does not show them");
            assertThatThrownBy(() -> markers.awaitShown(Map.of()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the cluster has committed an offset and does not show it");
        }
        TopicLane next = lane().restartAt(former.cursor());
        assertThat(next.write(TopicLane.changes(100, 150), 150).position()).isEqualTo(100);
        assertThat(next.write(TopicLane.changes(150, 300), 300).position()).isEqualTo(300);
        assertThat(isShown()).isTrue();
        assertThat(seen()).containsExactlyInAnyOrderElementsOf(told(300));
    }

    @Test
    void whatWasAbortedAndDoesNotEndIsEnded() throws Exception {
        TopicLane former = lane();
        former.write(100);
        TopicLane next = lane().restartAt(former.cursor());
        hangsAfter(200, producer -> {
            secondDies();
            assertThatThrownBy(() -> next.write(250)).isInstanceOf(IOException.class);
        });
        assertThat(next.write(250).position()).isEqualTo(250);
        assertThat(isShown()).isTrue();
        assertThat(seen()).containsExactlyInAnyOrderElementsOf(told(250));
    }

    @Test
    void ifNobodyKnowsHowItEndedTheSinkSaysWhatToDo() throws Exception {
        TopicLane former = lane();
        former.write(100);
        hangsAfter(200, producer -> {
            secondDies();
            producer.commitTransaction();
        });
        Producer<byte[], byte[]> forgetful = producer();
        forgetful.initTransactions();
        forgetful.close();
        assertThatThrownBy(() -> lane().restartAt(former.cursor()).write(300))
                .isInstanceOfSatisfying(
                        SinkRefusal.class, e -> assertThat(e.code()).isEqualTo(SinkCode.TRANSACTION_HANGS))
                .hasMessageStartingWith("LEAT-534 ")
                .hasMessageContaining("'kafka-transactions.sh abort'");
    }

    private interface Ending {
        void end(Producer<byte[], byte[]> producer) throws Exception;
    }

    /** A batch from 100 up to an offset, as a writer sends it; the second broker is there again when its end was decided. */
    private void hangsAfter(long end, Ending ending) throws Exception {
        Producer<byte[], byte[]> producer = producer();
        try {
            producer.initTransactions();
            producer.beginTransaction();
            Records records = new Records(terms(), List.of(), "shop");
            for (Arrival arrival : TopicLane.changes(100, end)) {
                var unused = producer.send(records.of(arrival.change()));
            }
            producer.flush();
            new Progress(topic, "leat-shop-s", "log", 0, 0)
                    .move(producer, cluster(topic).topicId(), Reached.batch(100, end, 2));
            ending.end(producer);
        } finally {
            producer.close(Duration.ZERO);
        }
        second = another();
        await(() -> leads(List.of(new TopicPartition(topic, 0))) && leads(OFFSETS));
        await(() -> !isShown());
    }

    private void secondDies() throws Exception {
        second.close();
        await(() -> !leads(List.of(new TopicPartition(topic, 0))) && !leads(OFFSETS));
    }

    private static TestKafka another() throws Exception {
        return first.another(folder.resolve("2"), 2, SETTINGS);
    }

    /** Whether the second broker leads them. */
    private static boolean leads(List<TopicPartition> places) throws Exception {
        String name = places.get(0).topic();
        TopicDescription description =
                admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
        return places.stream()
                .map(place -> description.partitions().get(place.partition()).leader())
                .allMatch(leader -> leader != null && leader.id() == 2);
    }

    private boolean isShown() throws Exception {
        TopicPartition place = new TopicPartition(topic, 0);
        Map<TopicPartition, OffsetSpec> end = Map.of(place, OffsetSpec.latest());
        return admin.listOffsets(end, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .partitionResult(place)
                        .get()
                        .offset()
                >= admin.listOffsets(end).partitionResult(place).get().offset();
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(condition);
    }

    private KafkaTopic terms() {
        return TopicLane.terms(first.bootstrap(), topic, Guarantee.EXACTLY_ONCE);
    }

    private TopicLane lane() {
        TopicLane lane = new TopicLane(terms(), TopicLane.LOOPBACK, 0, PATIENCE_MILLIS);
        lanes.add(lane);
        return lane;
    }

    private static Cluster cluster(String topic) {
        return new Cluster(
                TopicLane.terms(first.bootstrap(), topic, Guarantee.EXACTLY_ONCE),
                "former",
                TopicLane.LOOPBACK,
                PATIENCE_MILLIS);
    }

    private Producer<byte[], byte[]> producer() {
        return cluster(topic).producer(ID);
    }

    /** What a reader of committed records sees, as the values. */
    private List<String> seen() {
        List<String> values = new ArrayList<>();
        TopicReader.committed(first.bootstrap())
                .read(topic, rec -> values.add(new String(rec.value(), StandardCharsets.UTF_8)));
        return values;
    }

    private static List<String> told(long end) {
        return TopicLane.changes(0, end).stream()
                .map(arrival -> new String(arrival.change().value(), StandardCharsets.UTF_8))
                .toList();
    }
}
