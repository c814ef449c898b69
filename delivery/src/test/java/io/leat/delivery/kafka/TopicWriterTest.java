package io.leat.delivery.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.core.delivery.KafkaTopic;
import io.leat.core.delivery.KafkaTopic.Guarantee;
import io.leat.core.delivery.Subscription;
import io.leat.delivery.Looks;
import io.leat.delivery.batch.Arrival;
import io.leat.delivery.batch.Durable;
import io.leat.delivery.batch.SinkCode;
import io.leat.delivery.batch.SinkRefusal;
import io.leat.delivery.guard.Network;
import io.leat.delivery.lane.Cursor;
import io.leat.delivery.lane.LogEntry;
import io.leat.testkit.TestKafka;
import io.leat.testkit.TopicReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The writer against a real broker. */
class TopicWriterTest {

    private static TestKafka kafka;
    private static Admin admin;

    private final List<TopicLane> lanes = new ArrayList<>();
    private String topic;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        kafka = new TestKafka(
                folder,
                Map.of(
                        "auto.create.topics.enable",
                        "false",
                        "authorizer.class.name",
                        "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        "allow.everyone.if.no.acl.found",
                        "true"));
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()));
        admin.createTopics(List.of(new NewTopic("first", 1, (short) 1))).all().get();
        assertThat(look("first", Guarantee.EXACTLY_ONCE))
                .as("makes Kafka's own topics, which may take a while")
                .isNull();
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    @AfterEach
    void closeLanes() {
        lanes.forEach(TopicLane::close);
    }

    private TopicLane lane(Guarantee guarantee) throws Exception {
        return lane(guarantee, Map.of());
    }

    private TopicLane lane(Guarantee guarantee, Map<String, String> topicSettings) throws Exception {
        topic = "t-" + UUID.randomUUID();
        make(topicSettings);
        return another(guarantee, 0);
    }

    private void make(Map<String, String> settings) throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1).configs(settings)))
                .all()
                .get();
    }

    private TopicLane another(Guarantee guarantee, long epoch) {
        TopicLane lane = new TopicLane(TopicLane.terms(kafka.bootstrap(), topic, guarantee), TopicLane.LOOPBACK, epoch);
        lanes.add(lane);
        return lane;
    }

    /** What a reader of committed records sees, as the values. */
    private List<String> seen() {
        List<String> values = new ArrayList<>();
        TopicReader.committed(kafka.bootstrap())
                .read(topic, rec -> values.add(new String(rec.value(), StandardCharsets.UTF_8)));
        return values;
    }

    private static List<String> told(long end) {
        return TopicLane.changes(0, end).stream()
                .map(arrival -> new String(arrival.change().value(), StandardCharsets.UTF_8))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void changesAreThereAsTheLogHasThem(Guarantee guarantee) throws Exception {
        TopicLane lane = lane(guarantee);
        assertThat(lane.write(0).position()).isZero();
        assertThat(lane.write(300).position()).isEqualTo(300);
        assertThat(lane.write(500).position()).isEqualTo(500);
        assertThat(seen()).containsExactlyInAnyOrderElementsOf(told(500));
    }

    @Test
    void whoTakesOverWithAnOldCursorRepeatsNothing() throws Exception {
        TopicLane lane = lane(Guarantee.EXACTLY_ONCE);
        lane.write(100);
        Cursor committed = lane.cursor();
        lane.write(250);
        TopicLane next = another(Guarantee.EXACTLY_ONCE, 0).restartAt(committed);
        assertThat(next.write(200))
                .isEqualTo(new Durable(250, true, lane.cursor().mark()));
        next.restartAt(committed);
        assertThat(next.write(300).position()).isEqualTo(300);
        assertThat(seen()).containsExactlyInAnyOrderElementsOf(told(300));
    }

    @Test
    void withAtLeastOnceTheSameRepeatsWhatCameBetween() throws Exception {
        TopicLane lane = lane(Guarantee.AT_LEAST_ONCE);
        lane.write(100);
        Cursor committed = lane.cursor();
        lane.write(250);
        another(Guarantee.AT_LEAST_ONCE, 0).restartAt(committed).write(300);
        assertThat(seen()).hasSize(450).containsOnlyOnceElementsOf(told(100)).containsAll(told(300));
    }

    @Test
    void trap9aWriterThatWasOvertakenWritesNothingMoreAndGoesOnWhereTheOtherIs() throws Exception {
        TopicLane zombie = lane(Guarantee.EXACTLY_ONCE);
        zombie.write(100);
        TopicLane other = another(Guarantee.EXACTLY_ONCE, 0).restartAt(zombie.cursor());
        other.write(180);
        assertThatThrownBy(() -> zombie.write(150)).isInstanceOf(IOException.class);
        assertThat(zombie.write(150))
                .isEqualTo(new Durable(180, true, other.cursor().mark()));
        assertThat(seen()).containsExactlyInAnyOrderElementsOf(told(180));
    }

    @Test
    void aReplayWritesAgainAndAnotherLogBegins() throws Exception {
        TopicLane lane = lane(Guarantee.EXACTLY_ONCE);
        lane.write(100);
        another(Guarantee.EXACTLY_ONCE, 1).write(100);
        assertThat(seen()).hasSize(200);
        TopicLane old = another(Guarantee.EXACTLY_ONCE, 0);
        for (int tries = 0; tries < 2; tries++) {
            assertThatThrownBy(() -> old.write(120))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("begun anew");
        }
    }

    @ParameterizedTest
    @EnumSource
    void trap17ABatchOfWhichOneChangeFailsIsNotAcknowledged(Guarantee guarantee) throws Exception {
        TopicLane lane = lane(guarantee, Map.of("max.message.bytes", "3000"));
        lane.write(10);
        List<Arrival> changes = new ArrayList<>(TopicLane.changes(10, 20));
        changes.add(large(20));
        changes.addAll(TopicLane.changes(21, 30));
        refused(SinkCode.CHANGE_REFUSED, () -> lane.write(changes, 30));
        assertThat(lane.cursor().position()).isEqualTo(10);
        if (guarantee == Guarantee.EXACTLY_ONCE) {
            assertThat(seen()).containsExactlyInAnyOrderElementsOf(told(10));
        }
    }

    @Test
    void trap18AChangeThatIsTooLargeStopsTheLaneUntilTheTopicTakesIt() throws Exception {
        TopicLane lane = lane(Guarantee.EXACTLY_ONCE, Map.of("max.message.bytes", "3000"));
        refused(SinkCode.CHANGE_REFUSED, () -> lane.write(List.of(large(0)), 1));
        alter("max.message.bytes", "100000");
        lane.restartAt(lane.cursor()).write(List.of(large(0)), 1);
        assertThat(seen()).hasSize(1);
        assertThat(lane.letters).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void trap18ARightThatIsRevokedStopsTheLane(Guarantee guarantee) throws Exception {
        TopicLane lane = lane(guarantee);
        lane.write(10);
        assertThat(look(topic, guarantee)).isNull();
        admin.createAcls(List.of(new AclBinding(
                        new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                        new AccessControlEntry("User:*", "*", AclOperation.WRITE, AclPermissionType.DENY))))
                .all()
                .get();
        assertThat(look(topic, guarantee)).contains("LEAT-528");
        refused(SinkCode.CLUSTER_REFUSES_US, () -> lane.write(20));
        assertThat(lane.cursor().position()).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void trap18ATopicThatWasMadeAnewStopsTheLaneAtOnceAndAfterARestart(Guarantee guarantee) throws Exception {
        TopicLane lane = lane(guarantee);
        lane.write(50);
        Cursor before = lane.cursor();
        admin.deleteTopics(List.of(topic)).all().get();
        make(Map.of());
        refused(SinkCode.TOPIC_IS_ANOTHER, () -> untilItTakesOrRefuses(lane));
        lane.restartAt(before);
        refused(SinkCode.TOPIC_IS_ANOTHER, () -> lane.write(100));
        if (guarantee == Guarantee.EXACTLY_ONCE) {
            assertThat(seen()).isEmpty();
        }
        another(guarantee, 1).write(100);
        assertThat(new HashSet<>(seen())).containsExactlyInAnyOrderElementsOf(told(100));
    }

    private static void untilItTakesOrRefuses(TopicLane lane) throws IOException {
        for (int tries = 0; tries < 20; tries++) {
            try {
                lane.write(100);
                return;
            } catch (IOException e) {
                assertThat(lane.cursor().position()).isEqualTo(50);
            }
        }
    }

    @Test
    void aTopicThatIsNotThereStopsTheLane() {
        topic = "t-missing";
        assertThat(look(topic, Guarantee.AT_LEAST_ONCE)).contains("LEAT-527");
        refused(SinkCode.TOPIC_IS_ANOTHER, () -> another(Guarantee.AT_LEAST_ONCE, 0)
                .write(0));
    }

    @ParameterizedTest
    @CsvSource({"TRANSACTIONAL_ID, transactional ids, Describe and Write", "GROUP, groups, Describe and Read"})
    void aLookNamesTheRightsOnGroupsAndTransactionsThatAreMissing(ResourceType kind, String named, String rights)
            throws Exception {
        lane(Guarantee.EXACTLY_ONCE);
        assertThat(look(topic, Guarantee.EXACTLY_ONCE)).isNull();
        AclBinding others = new AclBinding(
                new ResourcePattern(kind, "leat-shop-s-", PatternType.PREFIXED),
                new AccessControlEntry("User:somebody", "*", AclOperation.ALL, AclPermissionType.ALLOW));
        admin.createAcls(List.of(others)).all().get();
        try {
            Awaitility.await().untilAsserted(() -> assertThat(look(topic, Guarantee.EXACTLY_ONCE))
                    .contains("LEAT-528", named + " that begin with leat-shop-s- may not be used: grant " + rights));
            assertThat(look(topic, Guarantee.AT_LEAST_ONCE)).as("it needs none").isNull();
        } finally {
            admin.deleteAcls(List.of(others.toFilter())).all().get();
        }
        assertThat(seen()).isEmpty();
    }

    @Test
    void aClusterThatIsAwayIsWaitedFor() {
        TopicLane lane =
                new TopicLane(TopicLane.terms("127.0.0.1:1", "t", Guarantee.AT_LEAST_ONCE), TopicLane.LOOPBACK, 0);
        assertThatThrownBy(() -> lane.write(1)).isInstanceOf(IOException.class);
    }

    @Test
    void trap19ABrokerOfTheMetadataInsideIsNotConnectedTo(@TempDir Path folder) throws Exception {
        try (ServerSocket inside = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.2"));
                TestKafka lying = new TestKafka(
                        folder, Map.of("advertised.listeners", "PLAINTEXT://127.0.0.2:" + inside.getLocalPort()))) {
            TopicLane lane = new TopicLane(
                    TopicLane.terms(lying.bootstrap(), "t", Guarantee.AT_LEAST_ONCE), TopicLane.LOOPBACK, 0);
            refused(SinkCode.ADDRESS_REFUSED, () -> lane.write(1));
            inside.setSoTimeout(200);
            assertThatThrownBy(inside::accept).isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    void trap19ABootstrapAddressInsideIsNotConnectedTo() throws Exception {
        try (ServerSocket inside = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.2"))) {
            TopicLane lane = new TopicLane(
                    TopicLane.terms("127.0.0.2:" + inside.getLocalPort(), "t", Guarantee.EXACTLY_ONCE),
                    TopicLane.LOOPBACK,
                    0);
            refused(SinkCode.ADDRESS_REFUSED, () -> lane.write(1));
            inside.setSoTimeout(200);
            assertThatThrownBy(inside::accept).isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    void settingsThatMakeNoClientAreToldWithoutTheirSecrets() {
        KafkaTopic terms = new KafkaTopic(
                kafka.bootstrap(),
                "t",
                Map.of("security.protocol", "SSL", "ssl.keystore.type", "PEM"),
                Map.of("ssl.keystore.key", new io.leat.core.delivery.Secret("canary-word")),
                Guarantee.AT_LEAST_ONCE,
                null,
                List.of(),
                KafkaTopic.Format.CHANGE);
        TopicLane lane = new TopicLane(terms, TopicLane.LOOPBACK, 0);
        assertThatThrownBy(() -> lane.write(1))
                .isInstanceOfSatisfying(
                        SinkRefusal.class, e -> assertThat(e.code()).isEqualTo(SinkCode.CLIENT_NOT_MADE))
                .hasMessageNotContaining("canary-word");
    }

    /** As {@code leat check --connect} does: who writes is not disturbed. */
    private static String look(String topic, Guarantee guarantee) {
        try (Looks looks = new Looks("shop", List.of(Network.parse("127.0.0.1/32")), Path.of("none"))) {
            return looks.at(new Subscription(
                    "s",
                    TopicLane.terms(kafka.bootstrap(), topic, guarantee),
                    null,
                    List.of(),
                    Subscription.CatchUp.ALL,
                    Subscription.From.EARLIEST));
        }
    }

    private static void refused(SinkCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SinkRefusal.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private void alter(String name, String value) throws Exception {
        var resource = new org.apache.kafka.common.config.ConfigResource(
                org.apache.kafka.common.config.ConfigResource.Type.TOPIC, topic);
        admin.incrementalAlterConfigs(Map.of(
                        resource,
                        List.of(new org.apache.kafka.clients.admin.AlterConfigOp(
                                new org.apache.kafka.clients.admin.ConfigEntry(name, value),
                                org.apache.kafka.clients.admin.AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private static Arrival large(long offset) {
        byte[] value = ("{\"id\":\"large\",\"title\":\"" + "x".repeat(10_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        return new Arrival(
                offset, offset, new LogEntry(offset, "[\"large\"]", "large", "new", "2026-11-25T10:00:00Z", value));
    }
}
