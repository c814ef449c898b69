package io.leat.delivery;

import io.leat.core.delivery.Secret;
import io.leat.core.delivery.SigningKey;
import io.leat.core.delivery.Subscription;
import io.leat.delivery.guard.Network;
import io.leat.delivery.lane.Outcome;
import io.leat.format.webhook.WebhookSecret;
import io.leat.format.webhook.WebhookTopics;
import io.leat.format.webhook.WebhookUrl;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Where people change the subscriptions of a feed and look at what became of deliveries: the same from the command line and
 * over HTTP. Gateways that deliver learn of changes through the topic. Waits for the broker; thread-safe.
 */
public final class Desk implements AutoCloseable {

    private static final Duration OLD_KEY_HOLDS = Duration.ofHours(24);
    private static final Map<String, Object> PATIENCE =
            Map.of("default.api.timeout.ms", 10_000, "request.timeout.ms", 10_000);

    private final KafkaProducer<byte[], byte[]> producer;
    private final SubscriptionBook book;
    private final AttemptLog attempts;
    private final Undelivered undelivered;
    private final List<Network> opened;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Object redriving = new Object();
    private @Nullable OneOff once;

    /** Why something is not done. */
    public enum Reason {
        UNKNOWN("There is no subscription of this name."),
        EXISTS("There is a subscription of this name already."),
        DECLARED("The feed file declares this subscription: it is changed there.");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        /** What a person is told. */
        public String sentence() {
            return sentence;
        }
    }

    /** It is not done. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Reason reason;

        Refused(Reason reason) {
            super(reason.sentence());
            this.reason = reason;
        }

        /** Why not. */
        public Reason reason() {
            return reason;
        }
    }

    private Desk(Webhooks.Settings settings, InstantSource clock, RandomGenerator random, boolean stays) {
        WebhookTopics topics = WebhookTopics.of(settings.feed());
        Map<String, Object> kafka = new HashMap<>(settings.kafka());
        kafka.putAll(PATIENCE);
        try (Admin admin = Admin.create(kafka)) {
            new TopicSetup(admin).create(topics);
        }
        Map<String, Object> consumer = settings.consumer(PATIENCE);
        this.producer = new KafkaProducer<>(settings.producer(), new ByteArraySerializer(), new ByteArraySerializer());
        this.book = new SubscriptionBook(
                        consumer, producer, topics.subscriptions(), settings.box(), settings.declared())
                .open();
        if (stays) {
            book.keepReading();
        }
        this.attempts = new AttemptLog(consumer, topics);
        this.undelivered = new Undelivered(consumer, producer, topics);
        this.opened = settings.opened();
        this.clock = clock;
        this.random = random;
    }

    /**
     * Opens the desk for one command.
     *
     * @param random fit for secrets
     */
    public static Desk forOnce(Webhooks.Settings settings, InstantSource clock, RandomGenerator random) {
        return new Desk(settings, clock, random, false);
    }

    /** Opens it for as long as it is not closed; follows what others change. */
    public static Desk staying(Webhooks.Settings settings, InstantSource clock, RandomGenerator random) {
        return new Desk(settings, clock, random, true);
    }

    /** All subscriptions by name. */
    public Map<String, Standing> all() {
        return new TreeMap<>(book.all());
    }

    /**
     * One of them.
     *
     * @throws Refused if there is none
     */
    public Standing get(String name) {
        Standing standing = book.all().get(name);
        if (standing == null) {
            throw new Refused(Reason.UNKNOWN);
        }
        return standing;
    }

    /** Makes a new one. */
    public synchronized Standing create(Subscription subscription) {
        if (book.all().containsKey(subscription.name())) {
            throw new Refused(Reason.EXISTS);
        }
        book.put(Standing.fresh(subscription, false));
        return get(subscription.name());
    }

    /** Stops deliveries; what waits stays. */
    public Standing pause(String name) {
        return change(name, standing -> standing.in(Standing.State.PAUSED, "paused by a person"));
    }

    /** Goes on where it stopped, whoever stopped it. */
    public Standing resume(String name) {
        return change(name, standing -> standing.in(Standing.State.ACTIVE, ""));
    }

    /** Stops deliveries until it is resumed. */
    public Standing disable(String name) {
        return change(name, standing -> standing.in(Standing.State.DISABLED, "disabled by a person"));
    }

    /**
     * Moves it; what waits goes to the new address.
     *
     * @throws IllegalArgumentException if that is no address
     */
    public Standing move(String name, String url) {
        WebhookUrl.parse(url);
        return change(
                name, standing -> made(standing).with(standing.subscription().to(url)));
    }

    /** Draws a new secret; the old one signs beside it for a day. To be shown once. */
    public Secret rotate(String name) {
        Secret drawn = WebhookSecret.generate(random);
        long until = clock.millis() + OLD_KEY_HOLDS.toMillis();
        change(name, standing -> {
            SigningKey old = made(standing).subscription().keys().get(0);
            return standing.with(standing.subscription()
                    .signedWith(
                            List.of(new SigningKey(drawn, SigningKey.FOR_GOOD), new SigningKey(old.secret(), until))));
        });
        return drawn;
    }

    /** Delivers again all that was told at this moment, milliseconds since 1970, or later; then goes on. */
    public Standing replay(String name, long sinceMillis) {
        return change(name, standing -> standing.replayedFrom(sinceMillis));
    }

    /** Posts one signed event of type {@code leat.test}, outside of what is delivered. */
    public CompletionStage<Outcome> test(String name) {
        return once().test(get(name).subscription());
    }

    /** Forgets it. */
    public synchronized void remove(String name) {
        made(get(name));
        book.remove(name);
    }

    /** Sends to one client what was given up for it; see {@link Undelivered}. */
    public Undelivered.Redriven redrive(String name, BooleanSupplier goOn) {
        synchronized (redriving) {
            return undelivered.redrive(get(name).subscription(), once(), goOn);
        }
    }

    private synchronized OneOff once() {
        OneOff known = once;
        if (known == null) {
            known = new OneOff(opened, clock);
            once = known;
        }
        return known;
    }

    /** What was given up. */
    public Undelivered undelivered() {
        return undelivered;
    }

    /** What was attempted. */
    public AttemptLog attempts() {
        return attempts;
    }

    private synchronized Standing change(String name, UnaryOperator<Standing> change) {
        book.put(change.apply(get(name)));
        return get(name);
    }

    private static Standing made(Standing standing) {
        if (standing.declared()) {
            throw new Refused(Reason.DECLARED);
        }
        return standing;
    }

    @Override
    public synchronized void close() {
        book.close();
        if (once != null) {
            once.close();
        }
        producer.close(Duration.ofSeconds(5));
    }
}
