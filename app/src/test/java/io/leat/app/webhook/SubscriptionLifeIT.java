package io.leat.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.core.Op;
import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import io.leat.delivery.Desk;
import io.leat.delivery.Redriven;
import io.leat.delivery.Refusal;
import io.leat.delivery.Standing;
import io.leat.delivery.Webhooks;
import io.leat.delivery.work.Keeper;
import io.leat.format.feedfile.SinkLogin;
import io.leat.format.webhook.SubscriptionPatch;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of a subscription, from its creation to the next of its name, over a real broker. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SubscriptionLifeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration QUIET = Duration.ofMillis(400);

    @TempDir
    private static Path dir;

    private static DataDirectory data;
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        data = DataDirectory.take(dir);
        kafka = EmbeddedKafka.start(data, 0);
    }

    @AfterAll
    static void stop() {
        kafka.close();
        data.close();
    }

    /** A feed with a log, a gateway and a desk. */
    private record House(ChangeTopic log, Desk desk, Webhooks webhooks) implements AutoCloseable {

        static House of(String feed, Subscription... declared) throws Exception {
            ChangeTopic log = new ChangeTopic(kafka.bootstrap(), feed, 2, 5);
            Webhooks.Settings settings = LoopbackWebhooks.settings(kafka.bootstrap(), feed, List.of(declared));
            return new House(
                    log,
                    Desk.staying(settings, new Keeper(), InstantSource.system(), new SecureRandom()),
                    LoopbackWebhooks.start(settings));
        }

        @Override
        public void close() {
            webhooks.close();
            desk.close();
            log.close();
        }
    }

    @Test
    void disabledByA410AndResumedAtOnceItDeliversAgain() throws Exception {
        AtomicInteger status = new AtomicInteger(200);
        try (House house = House.of("resumed");
                Receiver receiver = new Receiver((exchange, attempt) -> status.get())) {
            house.desk().create(from(Subscription.From.NOW, receiver));
            for (int round = 0; round < 5; round++) {
                status.set(410);
                house.log().tell(1);
                await(() -> house.desk().get("client").state() == Standing.State.DISABLED);
                status.set(200);
                assertThat(house.desk().resume("client").standing().state()).isEqualTo(Standing.State.ACTIVE);
                await(() -> receiver.distinct() == house.log().told());
            }
        }
    }

    @Test
    void aLogThatNobodyWantsIsNotRead() throws Exception {
        try (House house = House.of("unwanted");
                Receiver receiver = new Receiver((exchange, attempt) -> 200)) {
            await(() -> ConsumerFigures.sum("unwanted", "consumer-coordinator-metrics", "assigned-partitions") == 2);
            house.log().tell(50);
            house.desk().create(from(Subscription.From.NOW, receiver));
            house.log().tell(3);
            await(() -> receiver.distinct() == 3);
            assertThat(ConsumerFigures.sum("unwanted", "consumer-fetch-manager-metrics", "records-consumed-total"))
                    .isEqualTo(3);
        }
    }

    @Test
    void aNameGivenAgainInheritsNothing() throws Exception {
        AtomicInteger status = new AtomicInteger(500);
        try (House house = House.of("again");
                Receiver former = new Receiver((exchange, attempt) -> status.get());
                Receiver latter = new Receiver((exchange, attempt) -> 200)) {
            house.log().tell(20);
            house.desk().create(givingUp(former));
            await(() -> !house.desk().undelivered("client").isEmpty());
            house.desk().replay("client", 0);
            assertThat(house.desk().remove("client")).isTrue();
            int attempts = former.attempts();

            house.desk().create(from(Subscription.From.EARLIEST, latter));
            assertThat(house.desk().undelivered("client")).isEmpty();
            await(() -> latter.distinct() == 20);
            assertThat(latter.taken()).as("all from the beginning, and once").hasSize(20);
            assertThat(house.desk().redrive("client", true, () -> true).sent()).isZero();
            assertThat(former.attempts()).isEqualTo(attempts);

            house.desk().remove("client");
            house.log().tell(5);
            house.desk().create(from(Subscription.From.NOW, latter));
            house.log().tell(1);
            await(() -> latter.distinct() == 21);
            assertThat(latter.taken()).as("nothing of what was told between").hasSize(21);
        }
    }

    @Test
    void aConditionChangedInPlaceHoldsForWhatWaitsAndWhatComes() throws Exception {
        try (House house = House.of("terms-of-now");
                Receiver receiver = new Receiver((exchange, attempt) -> 200)) {
            house.desk().create(from(Subscription.From.NOW, receiver));
            house.desk().pause("client");
            house.log().tell(40);
            ask(house, "{\"where\":\"after.price >= 30 && after.price < 50\"}");
            house.desk().resume("client");
            house.log().tell(20);
            await(() -> receiver.distinct() == 20);
            ask(house, "{\"where\":null,\"batch\":{\"max_items\":3}}");
            house.log().tell(10);
            await(() -> receiver.distinct() == 30);
            quiet(receiver);
            assertThat(receiver.taken()).hasSize(30);
        }
    }

    private static void ask(House house, String patch) {
        assertThat(house.desk()
                        .update(
                                "client",
                                old -> SubscriptionPatch.apply(new JsonMapper().readTree(patch), old, SinkLogin::renew))
                        .settled())
                .isTrue();
    }

    @Test
    void aReplayKeepsWhatWaitsAndCannotBeginInTheFuture() throws Exception {
        try (House house = House.of("replayed");
                Receiver receiver = new Receiver((exchange, attempt) -> 200)) {
            house.desk().create(from(Subscription.From.EARLIEST, receiver));
            house.log().tell(5);
            await(() -> receiver.distinct() == 5);
            house.desk().pause("client");
            house.log().tell(5);
            house.desk().replay("client", 0);
            house.desk().replay("client", System.currentTimeMillis());
            house.desk().resume("client");
            await(() -> receiver.distinct() == 10 && receiver.taken().size() == 15);
            long future = System.currentTimeMillis() + 3_600_000;
            assertThatThrownBy(() -> house.desk().replay("client", future))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void nothingIsMissedThatIsToldAfterItWasMade() throws Exception {
        try (House house = House.of("from-now");
                Receiver receiver = new Receiver((exchange, attempt) -> 200)) {
            house.log().tell(3);
            for (int round = 1; round <= 5; round++) {
                house.desk().create(from(Subscription.From.NOW, receiver));
                house.log().tell(1);
                int expected = round;
                await(() -> receiver.distinct() == expected);
                house.desk().remove("client");
            }
            assertThat(receiver.taken()).hasSize(5);
        }
    }

    @Test
    void onceItsPauseMoveOrRemovalIsAnsweredNothingMoreArrives() throws Exception {
        try (House house = House.of("silent");
                Receiver first = new Receiver(SubscriptionLifeIT::slow);
                Receiver second = new Receiver(SubscriptionLifeIT::slow)) {
            house.desk().create(from(Subscription.From.EARLIEST, first));
            try (Teller teller = new Teller(house.log(), 200)) {
                await(() -> first.distinct() > 10);
                assertThat(house.desk().pause("client").settled()).isTrue();
                quiet(first);
                house.desk().resume("client");
                await(() -> first.distinct() > 40);
                assertThat(house.desk().move("client", second.url()).settled()).isTrue();
                quiet(first);
                await(() -> second.distinct() > 10);
                assertThat(house.desk().remove("client")).isTrue();
                quiet(second);
            }
        }
    }

    private static int slow(com.sun.net.httpserver.HttpExchange exchange, int attempt) {
        LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
        return 200;
    }

    @Test
    void aChangeThatCannotSettleInTimeSaysSo() throws Exception {
        try (House house = House.of("hanging");
                Receiver receiver = new Receiver(Rude::hang)) {
            Subscription plain = from(Subscription.From.EARLIEST, receiver);
            house.desk()
                    .create(with(plain, null, new Webhook.Limits(2, 0, Duration.ofSeconds(20), Duration.ofDays(1))));
            house.log().tell(1);
            await(() -> receiver.attempts() == 1);
            assertThat(house.desk().pause("client").settled()).isFalse();
        }
    }

    @Test
    void whatWasGivenUpIsSentToActiveClientsAndNeverOlderAfterNewer() throws Exception {
        AtomicInteger status = new AtomicInteger(500);
        try (House house = House.of("letters");
                Receiver receiver = new Receiver((exchange, attempt) -> status.get())) {
            house.desk().create(givingUp(receiver));
            house.log().tell("old", 1, Op.NEW);
            house.log().tell("alone", 1, Op.NEW);
            await(() -> house.desk().undelivered("client").size() == 2);
            status.set(200);
            house.desk().resume("client");
            house.log().tell("old", 2, Op.UPDATE);
            await(() -> receiver.distinct() == 1);

            house.desk().disable("client");
            int attempts = receiver.attempts();
            assertThatThrownBy(() -> house.desk().redrive("client", false, () -> true))
                    .isInstanceOf(Refusal.class);
            assertThat(receiver.attempts()).isEqualTo(attempts);

            house.desk().resume("client");
            assertThat(house.desk().redrive("client", false, () -> true)).isEqualTo(new Redriven(1, 1, 1, null));
            assertThat(receiver.taken().stream().map(Receiver.Taken::id))
                    .containsExactly("old-2-update", "alone-1-new");
            assertThat(house.desk().redrive("client", true, () -> true)).isEqualTo(new Redriven(1, 0, 0, null));
            house.log().tell("old", 3, Op.UPDATE);
            await(() -> receiver.distinct() == 4);
        }
    }

    @Test
    void whoIsChangedWhileLettersAreSentIsServedAtOnce() throws Exception {
        AtomicInteger status = new AtomicInteger(500);
        try (House house = House.of("changed-meanwhile");
                Receiver receiver = new Receiver((exchange, attempt) -> status.get())) {
            house.desk().create(givingUp(receiver));
            house.log().tell("one", 1, Op.NEW);
            house.log().tell("two", 1, Op.NEW);
            await(() -> house.desk().undelivered("client").size() == 2);
            status.set(200);
            Redriven redriven = house.desk().redrive("client", false, () -> {
                ask(house, "{\"where\":\"after.price >= 0\"}");
                return true;
            });
            assertThat(redriven.sent())
                    .as("the order holds from when it is given")
                    .isZero();
            house.log().tell(1);
            Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> receiver.distinct() == 1);
        }
    }

    @Test
    void gatewaysWithOtherSinksInTheirFeedFilesAreWarnedOf() throws Exception {
        try (Receiver receiver = new Receiver((exchange, attempt) -> 200);
                House house = House.of("files", from(Subscription.From.EARLIEST, receiver))) {
            house.log().tell(10);
            await(() -> receiver.distinct() == 10);
            assertThat(house.desk().warning()).isNull();
            try (Webhooks other = LoopbackWebhooks.start(kafka.bootstrap(), "files", List.of())) {
                await(() -> house.desk().warning() != null);
                assertThat(other.subscriptions().all()).isEmpty();
            }
            await(() -> house.desk().warning() == null);
        }
    }

    @Test
    void theNewestOfAKeyThatWasGoneCameBackOrWasResetIsTold() throws Exception {
        try (House house = House.of("newest");
                Receiver receiver = new Receiver((exchange, attempt) -> 200)) {
            Subscription plain = from(Subscription.From.EARLIEST, receiver);
            house.desk()
                    .create(new Subscription(
                            plain.name(),
                            new Webhook(
                                    plain.webhook().url(),
                                    plain.webhook().keys(),
                                    plain.webhook().batch(),
                                    false,
                                    plain.webhook().limits()),
                            null,
                            List.of(),
                            Subscription.CatchUp.LATEST,
                            plain.from()));
            for (String key : List.of("gone", "back", "reset", "anew")) {
                house.log().tell(key, 1, Op.NEW);
            }
            await(() -> receiver.distinct() == 4);
            house.desk().pause("client");
            house.log().tell("gone", 2, Op.UPDATE);
            house.log().tell("gone", 3, Op.GONE);
            house.log().tell("back", 2, Op.GONE);
            house.log().tell("back", 3, Op.BACK);
            house.log().tell("reset", 2, Op.UPDATE);
            house.log().tell("reset", 3, Op.RESET);
            house.log().tell("anew", 2, Op.RESET);
            house.log().tell("anew", 1, Op.UPDATE);
            house.desk().resume("client");
            await(() -> receiver.distinct() == 8);
            quiet(receiver);
            assertThat(receiver.taken().stream().skip(4).map(Receiver.Taken::id))
                    .containsExactlyInAnyOrder("gone-3-gone", "back-3-back", "reset-3-reset", "anew-1-update");
        }
    }

    private static void quiet(Receiver receiver) {
        int attempts = receiver.attempts();
        Awaitility.await().during(QUIET).atMost(PATIENCE).until(() -> receiver.attempts() == attempts);
    }

    private static Subscription from(Subscription.From from, Receiver receiver) {
        Subscription plain = WebhooksIT.subscription("client", receiver);
        return new Subscription(
                plain.name(),
                new Webhook(
                        plain.webhook().url(),
                        plain.webhook().keys(),
                        plain.webhook().batch(),
                        false,
                        plain.webhook().limits()),
                null,
                List.of(),
                plain.catchUp(),
                from);
    }

    private static Subscription givingUp(Receiver receiver) {
        return with(
                from(Subscription.From.EARLIEST, receiver),
                null,
                new Webhook.Limits(2, 0, Duration.ofSeconds(3), Duration.ZERO));
    }

    private static Subscription with(Subscription plain, @Nullable String where, Webhook.Limits limits) {
        return new Subscription(
                plain.name(),
                new Webhook(
                        plain.webhook().url(),
                        plain.webhook().keys(),
                        plain.webhook().batch(),
                        false,
                        limits),
                where,
                List.of(),
                plain.catchUp(),
                plain.from());
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(condition);
    }
}
