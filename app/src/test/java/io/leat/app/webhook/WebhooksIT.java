package io.leat.app.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.core.FieldPath;
import io.leat.core.delivery.SigningKey;
import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import io.leat.delivery.Standing;
import io.leat.delivery.Start;
import io.leat.delivery.SubscriptionBook;
import io.leat.delivery.Unanswered;
import io.leat.delivery.Webhooks;
import io.leat.delivery.work.Keeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks over a real broker to real servers on loopback. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class WebhooksIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

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

    private static Receiver.Behaviour ok() {
        return (exchange, attempt) -> 200;
    }

    @Test
    void everyChangeArrivesSignedAndInOrderAndTheClientsLagShowsInKafka() throws Exception {
        try (ChangeTopic log = new ChangeTopic(kafka.bootstrap(), "plain", 2, 20);
                Receiver receiver = new Receiver(ok())) {
            log.tell(100);
            try (Webhooks webhooks = webhooks("plain", subscription("client", receiver))) {
                log.tell(400);
                await(() -> receiver.distinct() == 500);
                assertThat(webhooks.memory()).isLessThan(1 << 20);
            }
            assertThat(receiver.taken()).hasSize(500);
            assertThat(receiver.disorder()).isZero();
            assertThat(receiver.badSignatures()).isZero();
            assertThat(committed("plain.webhooks.client")).isEqualTo(500);

            log.tell(50);
            try (Webhooks again = webhooks("plain", subscription("client", receiver))) {
                await(() -> receiver.distinct() == 550);
                assertThat(again.subscriptions().all()).containsOnlyKeys("client");
            }
            assertThat(receiver.taken()).as("a clean restart repeats nothing").hasSize(550);
        }
    }

    @Test
    void receiversOfEveryKindHarmNobodyButThemselves() throws Exception {
        try (ChangeTopic log = new ChangeTopic(kafka.bootstrap(), "kinds", 1, 10);
                Receiver good = new Receiver(ok());
                Receiver failing = new Receiver((exchange, attempt) -> 500);
                Receiver slowBody = new Receiver(Rude::slowBody);
                Receiver endless = new Receiver(Rude::endlessBody);
                Receiver hugeHeaders = new Receiver(Rude::hugeHeaders);
                Receiver redirecting = new Receiver((exchange, attempt) -> {
                    exchange.getResponseHeaders().add("Location", good.url());
                    return 307;
                });
                Receiver gone = new Receiver((exchange, attempt) -> 410);
                Receiver throttling = new Receiver((exchange, attempt) -> {
                    exchange.getResponseHeaders().add("Retry-After", "2");
                    return attempt == 1 ? 429 : 200;
                });
                Receiver hanging = new Receiver(Rude::hang);
                Receiver flapping = new Receiver((exchange, attempt) -> attempt % 6 < 4 ? 200 : 500);
                Receiver resetting = new Receiver(Rude::reset)) {
            log.tell(30);
            try (Webhooks webhooks = webhooks(
                    "kinds",
                    subscription("good", good),
                    subscription("failing", failing),
                    subscription("slow-body", slowBody),
                    subscription("endless", endless),
                    subscription("huge-headers", hugeHeaders),
                    subscription("redirecting", redirecting),
                    subscription("gone", gone),
                    subscription("throttling", throttling),
                    subscription("hanging", hanging),
                    subscription("flapping", flapping),
                    subscription("resetting", resetting))) {
                await(() -> good.distinct() == 30);
                await(() -> slowBody.attempts() == 30);
                await(() -> endless.attempts() == 30);
                await(() -> throttling.distinct() >= 29);
                await(() -> state(webhooks, "gone") == Standing.State.DISABLED);
                await(() -> failing.attempts() >= 6);
                await(() -> hugeHeaders.attempts() >= 1 && resetting.attempts() >= 1 && hanging.attempts() >= 1);
                log.tell(10);
                await(() -> good.distinct() == 40);
                await(() -> throttling.distinct() == 40);
                assertThat(gone.attempts()).isLessThanOrEqualTo(10);
                assertThat(good.taken()).as("a redirect is not followed").hasSize(40);
                await(() -> flapping.distinct() >= 20);
                assertThat(good.disorder() + throttling.disorder() + flapping.disorder())
                        .isZero();
                assertThat(committed("kinds.webhooks.failing")).isLessThan(10);
            }
        }
    }

    @Test
    void pausingMovingReplayingAndRotatingDoWhatTheySay() throws Exception {
        try (ChangeTopic log = new ChangeTopic(kafka.bootstrap(), "orders", 1, 5);
                Receiver first = new Receiver(ok());
                Receiver second = new Receiver(ok());
                Receiver newcomer = new Receiver(ok());
                Webhooks webhooks = webhooks("orders")) {
            SubscriptionBook book = webhooks.subscriptions();
            book.put(Standing.made(subscription("client", first), "g1", Start.EARLIEST));
            log.tell(10);
            await(() -> first.distinct() == 10);

            book.put(standing(webhooks).in(Standing.State.PAUSED, "by hand"));
            await(() -> state(webhooks, "client") == Standing.State.PAUSED);
            book.put(Standing.made(subscription("newcomer", newcomer), "g2", Start.EARLIEST));
            await(() -> newcomer.distinct() == 10); // whoever tells the newcomer has heard of the pause
            log.tell(10);
            Subscription before = standing(webhooks).subscription();
            Subscription moved = before.to(before.webhook().to(second.url()));
            book.put(standing(webhooks).with(moved));
            await(() -> standing(webhooks).subscription().webhook().url().equals(second.url()));
            assertThat(first.distinct()).isEqualTo(10);
            assertThat(second.distinct()).isZero();

            book.put(standing(webhooks).in(Standing.State.ACTIVE, ""));
            await(() -> second.distinct() == 10);
            assertThat(first.distinct())
                    .as("the backlog went to the new address")
                    .isEqualTo(10);

            book.put(standing(webhooks).from(new Start(1, List.of())));
            await(() -> second.distinct() == 20);

            String other = "whsec_" + "A".repeat(43) + "=";
            book.put(standing(webhooks)
                    .with(moved.to(moved.webhook()
                            .signedWith(List.of(SigningKey.of(other), SigningKey.of(Receiver.SECRET))))));
            await(() -> standing(webhooks).subscription().webhook().keys().size() == 2);
            log.tell(5);
            await(() -> second.distinct() == 25);
            assertThat(second.badSignatures()).isZero();
        }
    }

    @Test
    void whatAFilterABatchAndASelectionSayHolds() throws Exception {
        try (ChangeTopic log = new ChangeTopic(kafka.bootstrap(), "terms", 1, 5);
                Receiver cheap = new Receiver(ok());
                Receiver batched = new Receiver(ok());
                Receiver givenUp = new Receiver((exchange, attempt) -> 500)) {
            log.tell(100);
            Subscription plain = subscription("cheap", cheap);
            Subscription inBatches = new Subscription(
                    "batched",
                    new Webhook(
                            batched.url(),
                            plain.webhook().keys(),
                            new Webhook.Batch(40, Duration.ofMillis(200)),
                            false,
                            plain.webhook().limits()),
                    null,
                    List.of(),
                    plain.catchUp(),
                    plain.from());
            Subscription impatient = new Subscription(
                    "impatient",
                    new Webhook(
                            givenUp.url(),
                            plain.webhook().keys(),
                            plain.webhook().batch(),
                            false,
                            new Webhook.Limits(2, 0, Duration.ofSeconds(5), Duration.ZERO)),
                    null,
                    List.of(),
                    plain.catchUp(),
                    plain.from());
            try (Webhooks webhooks = webhooks(
                    "terms", where("cheap", cheap, "after.price < 50 && op == 'update'"), inBatches, impatient)) {
                await(() -> cheap.distinct() == 45);
                await(() -> batched.distinct() == 100);
                assertThat(batched.attempts()).isBetween(3, 5);
                assertThat(batched.disorder()).isZero();
                await(() -> count("terms.undelivered") >= 5);
                assertThat(webhooks.memory()).isNotNegative();
            }
            assertThat(cheap.taken()).hasSize(45);
            assertThat(count("terms.attempts")).isGreaterThanOrEqualTo(45 + 3);
        }
    }

    @Test
    void aRecordThatOneLaneCannotHandleIsThatLanesLetterAndNobodyElsesTrouble() throws Exception {
        try (ChangeTopic log = new ChangeTopic(kafka.bootstrap(), "odd", 1, 5);
                Receiver judging = new Receiver(ok());
                Receiver taking = new Receiver(ok())) {
            log.tell(5);
            log.tellRaw("odd-one", "{\"after\":{\"price\":1");
            log.tell(5);
            try (Webhooks webhooks =
                    webhooks("odd", where("judging", judging, "after.price >= 0"), where("selecting", taking, null))) {
                await(() -> judging.distinct() == 10 && count("odd.undelivered") == 2);
                await(() -> taking.distinct() == 10);
                assertThat(webhooks.subscriptions().all().values())
                        .allMatch(standing -> standing.state() == Standing.State.ACTIVE);
            }
        }
    }

    @Test
    void whateverDiesIsSeenByNameAndStartedAgain() throws Exception {
        Keeper keeper = new Keeper();
        try (ChangeTopic log = new ChangeTopic(kafka.bootstrap(), "dead", 1, 5);
                Receiver receiver = new Receiver(ok());
                Webhooks webhooks = LoopbackWebhooks.start(
                        kafka.bootstrap(), "dead", List.of(subscription("client", receiver)), keeper)) {
            log.tell(5);
            await(() -> receiver.distinct() == 5);
            for (String work : List.of(
                    "webhook-log-dead",
                    "webhook-catch-up-dead",
                    "webhook-outbox-dead",
                    "webhook-subscriptions-dead",
                    "webhook-disable-dead")) {
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals(work))
                        .forEach(Thread::interrupt);
                await(() -> keeper.states().get(work).deaths() == 1);
                await(() -> keeper.dead().isEmpty());
            }
            log.tell(5);
            await(() -> receiver.distinct() == 10);
            assertThat(webhooks.memory()).isLessThan(1 << 20);
        }
        assertThat(keeper.states()).isEmpty();
    }

    @Test
    void whatAConditionHasNoAnswerForIsCountedAndLeavesATrace() throws Exception {
        Unanswered unanswered = new Unanswered();
        try (ChangeTopic log = new ChangeTopic(kafka.bootstrap(), "puzzle", 1, 5);
                Receiver receiver = new Receiver(ok())) {
            log.tell(20);
            try (Webhooks webhooks = LoopbackWebhooks.start(
                    kafka.bootstrap(),
                    "puzzle",
                    List.of(where("client", receiver, "after.price < 10 || after.absent > 1")),
                    new Keeper(),
                    unanswered)) {
                await(() -> receiver.distinct() == 10);
                await(() -> unanswered.of("puzzle").equals(Map.of("client", 10L)));
                assertThat(webhooks.memory()).isLessThan(1 << 20);
            }
            StringBuilder attempts = new StringBuilder();
            io.leat.testkit.TopicReader.committed(kafka.bootstrap())
                    .read("puzzle.attempts", rec -> attempts.append(new String(rec.value(), UTF_8)));
            assertThat(attempts.toString()).contains("\"result\":\"unanswered\"");
        }
    }

    @Test
    void aLogMadeAnewIsReadFromItsBeginning() throws Exception {
        try (ChangeTopic log = new ChangeTopic(kafka.bootstrap(), "anew", 1, 5);
                Receiver receiver = new Receiver(ok());
                Webhooks webhooks = webhooks("anew", subscription("client", receiver))) {
            log.tell(40);
            await(() -> receiver.distinct() == 40);
            log.makeAnew();
            log.tell(10);
            await(() -> receiver.distinct() == 50);
            assertThat(webhooks.memory()).isLessThan(1 << 20);
        }
    }

    private static Subscription where(String name, Receiver receiver, @Nullable String where) {
        Subscription plain = subscription(name, receiver);
        return new Subscription(
                name,
                new Webhook(
                        plain.webhook().url(),
                        plain.webhook().keys(),
                        plain.webhook().batch(),
                        false,
                        plain.webhook().limits()),
                where,
                where == null ? List.of(FieldPath.parse("after.price")) : List.of(),
                plain.catchUp(),
                plain.from());
    }

    private static Webhooks webhooks(String feed, Subscription... declared) {
        return LoopbackWebhooks.start(kafka.bootstrap(), feed, List.of(declared));
    }

    static Subscription subscription(String name, Receiver receiver) {
        return new Subscription(
                name,
                new Webhook(
                        receiver.url(),
                        List.of(SigningKey.of(Receiver.SECRET)),
                        Webhook.Batch.NONE,
                        false,
                        new Webhook.Limits(32, 0, Duration.ofSeconds(3), Duration.ofDays(3))),
                null,
                List.of(),
                Subscription.CatchUp.ALL,
                Subscription.From.EARLIEST);
    }

    private static Standing standing(Webhooks webhooks) {
        return Objects.requireNonNull(webhooks.subscriptions().all().get("client"));
    }

    private static Standing.State state(Webhooks webhooks, String name) {
        Standing standing = webhooks.subscriptions().all().get(name);
        return standing == null ? Standing.State.ACTIVE : standing.state();
    }

    private static long committed(String group) throws Exception {
        return new GroupOffsets(kafka.bootstrap(), group).committed();
    }

    private static long count(String topic) {
        List<Long> offsets = new ArrayList<>();
        io.leat.testkit.TopicReader.committed(kafka.bootstrap()).read(topic, rec -> offsets.add(rec.offset()));
        return offsets.size();
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
    }
}
