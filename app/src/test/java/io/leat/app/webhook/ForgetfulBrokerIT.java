package io.leat.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.embedded.ForgetfulKafka;
import io.leat.delivery.Desk;
import io.leat.delivery.Unanswered;
import io.leat.delivery.Webhooks;
import io.leat.delivery.work.Keeper;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker forgets the offsets of a group some time after they were committed, a minute at the least. How often that is
 * waited for: {@code -Dleat.retention.periods}, 1 by default, 2 in full.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ForgetfulBrokerIT {

    private static final int PERIODS = Integer.getInteger("leat.retention.periods", 1);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration FORGETS_WITHIN = Duration.ofMinutes(3);

    @TempDir
    private static Path dir;

    private static DataDirectory data;
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        data = DataDirectory.take(dir);
        kafka = ForgetfulKafka.start(data);
    }

    @AfterAll
    static void stop() {
        kafka.close();
        data.close();
    }

    @Test
    void aClientThatIsQuietOrPausedIsNotForgottenWhileAGatewayWorks() throws Exception {
        Webhooks.Settings settings = LoopbackWebhooks.settings(kafka.bootstrap(), "remembered", List.of());
        try (ChangeTopic log = new ChangeTopic(kafka.bootstrap(), "remembered", 1, 5);
                Receiver quiet = new Receiver((exchange, attempt) -> 200);
                Receiver paused = new Receiver((exchange, attempt) -> 200);
                Desk desk = Desk.staying(settings, new Keeper(), InstantSource.system(), new SecureRandom())) {
            try (Webhooks webhooks = LoopbackWebhooks.start(settings)) {
                desk.create(WebhooksIT.subscription("quiet", quiet));
                desk.create(WebhooksIT.subscription("paused", paused));
                log.tell(5);
                await(() -> quiet.distinct() == 5 && paused.distinct() == 5);
                desk.pause("paused");
                log.tell(3);
                await(() -> quiet.distinct() == 8);
                for (int period = 0; period < PERIODS; period++) {
                    awaitForgetting(log.topic());
                }
                assertThat(webhooks.subscriptions().all()).hasSize(2);
            }
            try (Webhooks next = LoopbackWebhooks.start(settings)) {
                desk.resume("paused");
                await(() -> paused.distinct() == 8);
                log.tell(2);
                await(() -> quiet.distinct() == 10 && paused.distinct() == 10);
                assertThat(next.subscriptions().all()).hasSize(2);
            }
            assertThat(quiet.attempts()).as("nothing came again").isEqualTo(10);
            assertThat(paused.attempts()).as("nothing came again").isEqualTo(10);
        }
    }

    @Test
    void aCursorThatDoesNotMoveIsCommittedAgainBeforeItExpires() throws Exception {
        GroupOffsets cursor = new GroupOffsets(kafka.bootstrap(), "idle.webhooks.client");
        AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
        try (ChangeTopic log = new ChangeTopic(kafka.bootstrap(), "idle", 1, 5);
                Receiver receiver = new Receiver((exchange, attempt) -> 200);
                Webhooks webhooks = LoopbackWebhooks.start(
                        kafka.bootstrap(),
                        "idle",
                        List.of(WebhooksIT.subscription("client", receiver)),
                        new Keeper(),
                        new Unanswered(),
                        () -> InstantSource.system().instant().plus(later.get()))) {
            log.tell(5);
            await(() -> cursor.committed() == 5);
            cursor.forget();
            assertThat(cursor.committed()).isZero();
            later.set(Duration.ofHours(2));
            await(() -> cursor.committed() == 5);
            log.tell(5);
            await(() -> receiver.distinct() == 10);
            assertThat(receiver.attempts()).as("nothing is sent again").isEqualTo(10);
            assertThat(webhooks.memory()).isLessThan(1 << 20);
        }
    }

    /** Commits what nobody commits again, and waits until the broker has forgotten it. */
    private static void awaitForgetting(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.alterConsumerGroupOffsets("forgotten", Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(1)))
                    .all()
                    .get();
        }
        GroupOffsets forgotten = new GroupOffsets(kafka.bootstrap(), "forgotten");
        Awaitility.await()
                .atMost(FORGETS_WITHIN)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> forgotten.committed() == 0);
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
    }
}
