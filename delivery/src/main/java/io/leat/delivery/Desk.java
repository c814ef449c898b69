package io.leat.delivery;

import io.leat.core.delivery.Postgres;
import io.leat.core.delivery.Secret;
import io.leat.core.delivery.SigningKey;
import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import io.leat.delivery.batch.BatchSink;
import io.leat.delivery.guard.Guard;
import io.leat.delivery.guard.Network;
import io.leat.delivery.guard.SystemNames;
import io.leat.delivery.lane.Outcome;
import io.leat.delivery.work.Keeper;
import io.leat.format.webhook.WebhookSecret;
import io.leat.format.webhook.WebhookTopics;
import io.leat.format.webhook.WebhookUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
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
    private static final int GENERATION_DIGITS = 10;
    private static final int MOST_MADE = 5_000;
    private static final Map<String, Object> PATIENCE =
            Map.of("default.api.timeout.ms", 10_000, "request.timeout.ms", 10_000);

    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final SubscriptionBook book;
    private final WebhookTopics topics;
    private final Places places;
    private final Cursors cursors;
    private final Deliverers deliverers;
    private final Followers followers;
    private final AttemptLog attempts;
    private final Undelivered undelivered;
    private final Newest newest;
    private final Lags lags;
    private final List<Subscription> declared;
    private final List<Network> opened;
    private final String feed;
    private final Path spool;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Object redriving = new Object();
    private @Nullable OneOff once;

    /**
     * A subscription was changed.
     *
     * @param standing how it stands now
     * @param settled whether every gateway keeps to it: nothing is under way any more that was begun before
     */
    public record Changed(Standing standing, boolean settled) {}

    /** @param keeper keeps it reading; {@code null} if it is for once */
    private Desk(Webhooks.Settings settings, @Nullable Keeper keeper, InstantSource clock, RandomGenerator random) {
        this.topics = WebhookTopics.of(settings.feed());
        Map<String, Object> kafka = new HashMap<>(settings.kafka());
        kafka.putAll(PATIENCE);
        this.admin = Admin.create(kafka);
        new TopicSetup(admin).create(topics);
        Map<String, Object> consumer = settings.consumer(PATIENCE);
        this.producer = new KafkaProducer<>(settings.producer(), new ByteArraySerializer(), new ByteArraySerializer());
        this.book = new SubscriptionBook(
                        consumer, producer, topics.subscriptions(), settings.box(), settings.declared())
                .open();
        if (keeper != null) {
            book.keepReading("desk-subscriptions-" + settings.feed(), keeper);
        }
        this.cursors = new Cursors(admin, topics, settings.changes());
        this.places = new Places(admin, settings.changes(), cursors);
        this.deliverers = new Deliverers(admin, topics.readers());
        this.followers = new Followers(deliverers, cursors, places);
        this.attempts = new AttemptLog(consumer, topics);
        this.undelivered = new Undelivered(consumer, producer, topics);
        this.newest = new Newest(consumer, settings.changes(), cursors);
        this.lags = new Lags(consumer, settings.changes(), places, cursors);
        this.declared = settings.declared();
        this.opened = settings.opened();
        this.feed = settings.feed();
        this.spool = settings.spool();
        this.clock = clock;
        this.random = random;
    }

    /**
     * Opens the desk for one command.
     *
     * @param random fit for secrets
     */
    public static Desk forOnce(Webhooks.Settings settings, InstantSource clock, RandomGenerator random) {
        return new Desk(settings, null, clock, random);
    }

    /** Opens it for as long as it is not closed; follows what others change. */
    public static Desk staying(Webhooks.Settings settings, Keeper keeper, InstantSource clock, RandomGenerator random) {
        return new Desk(settings, keeper, clock, random);
    }

    /** All subscriptions by name. */
    public Map<String, Standing> all() {
        book.awaitSeen(places.end(topics.subscriptions()) - 1);
        return new TreeMap<>(book.all());
    }

    /**
     * One of them.
     *
     * @throws Refusal if there is none
     */
    public Standing get(String name) {
        Standing standing = all().get(name);
        if (standing == null) {
            throw new Refusal(Refusal.Reason.UNKNOWN);
        }
        return standing;
    }

    /** The consumer group that shows how far its client is. */
    public String group(Standing standing) {
        return topics.cursors(standing.id());
    }

    /** What people should know of subscriptions that the feed file declares; {@code null} if there is nothing. */
    public @Nullable String warning() {
        return deliverers.differ(declared) ? Deliverers.DIFFER : null;
    }

    /** Makes a new one. It has nothing to do with others that had its name before. */
    public synchronized Standing create(Subscription subscription) {
        Map<String, Standing> all = all();
        if (all.containsKey(subscription.name())) {
            throw new Refusal(Refusal.Reason.EXISTS);
        }
        if (all.values().stream().filter(standing -> !standing.declared()).count() >= MOST_MADE) {
            throw new Refusal(Refusal.Reason.TOO_MANY);
        }
        Start start = subscription.from() == Subscription.From.NOW ? places.now() : Start.EARLIEST;
        book.put(Standing.made(subscription, generation(), start));
        return get(subscription.name());
    }

    private String generation() {
        String digits = Long.toUnsignedString(random.nextLong(), 36);
        return "0".repeat(GENERATION_DIGITS).concat(digits).substring(digits.length());
    }

    /** Stops deliveries; what waits stays. */
    public Changed pause(String name) {
        return change(name, standing -> standing.in(Standing.State.PAUSED, "paused by a person"));
    }

    /** Goes on where it stopped, whoever stopped it. */
    public Changed resume(String name) {
        return change(name, standing -> standing.in(Standing.State.ACTIVE, ""));
    }

    /** Stops deliveries until it is resumed. */
    public Changed disable(String name) {
        return change(name, standing -> standing.in(Standing.State.DISABLED, "disabled by a person"));
    }

    /**
     * Changes its terms; what waits is delivered on the new ones.
     *
     * @param terms makes the new order of the old one, under the same name
     */
    public Changed update(String name, UnaryOperator<Subscription> terms) {
        return change(name, standing -> made(standing).with(terms.apply(standing.subscription())));
    }

    /**
     * Moves it; what waits goes to the new address.
     *
     * @throws IllegalArgumentException if that is no address
     */
    public Changed move(String name, String url) {
        WebhookUrl.parse(url);
        return update(
                name, subscription -> subscription.to(webhook(subscription).to(url)));
    }

    /** Draws a new secret; the old one signs beside it for a day. To be shown once. */
    public Secret rotate(String name) {
        Secret drawn = WebhookSecret.generate(random);
        long until = clock.millis() + OLD_KEY_HOLDS.toMillis();
        update(
                name,
                subscription -> subscription.to(webhook(subscription)
                        .signedWith(List.of(
                                new SigningKey(drawn, SigningKey.FOR_GOOD),
                                new SigningKey(
                                        subscription.webhook().keys().get(0).secret(), until)))));
        return drawn;
    }

    /**
     * Delivers again all that was told at this moment or later, and what it has not got yet; then goes on.
     *
     * @param sinceMillis milliseconds since 1970
     * @throws IllegalArgumentException if the moment is still to come
     */
    public Changed replay(String name, long sinceMillis) {
        if (sinceMillis > clock.millis()) {
            throw new IllegalArgumentException("'since' is still to come: nothing was told then.");
        }
        return change(name, standing -> standing.from(places.again(standing, sinceMillis)));
    }

    /**
     * Looks from here whether what is no webhook can be reached and written to.
     *
     * @return what is wrong, in a sentence for people; {@code null} if nothing is
     * @throws Refusal if there is none
     */
    public @Nullable String look(String name) {
        Standing standing = get(name);
        try (Looks looks = new Looks(feed, opened, spool)) {
            return looks.at(standing);
        }
    }

    /** Posts one signed event of type {@code leat.test}, outside of what is delivered. */
    public CompletionStage<Outcome> test(String name) {
        Subscription subscription = get(name).subscription();
        Webhook unused = webhook(subscription);
        return once().test(subscription);
    }

    /**
     * Forgets it and all that was kept for it.
     *
     * @return whether nothing is under way to it any more
     */
    public boolean remove(String name) {
        Standing standing = made(get(name));
        boolean settled =
                standing.state() == Standing.State.ACTIVE ? pause(name).settled() : followers.await(standing);
        synchronized (this) {
            book.remove(name);
        }
        cursors.forget(standing.id());
        for (var lying = undelivered.of(standing); !lying.isEmpty(); lying = undelivered.of(standing)) {
            undelivered.forget(lying);
        }
        return settled;
    }

    /**
     * Sends to one client what was given up for it; see {@link Redrive}.
     *
     * @param older whether the client also wants what is older than the newest it has of a key
     * @throws Refusal if it gets nothing at the moment
     */
    public Redriven redrive(String name, boolean older, BooleanSupplier goOn) {
        synchronized (redriving) {
            Standing standing = get(name);
            if (standing.state() != Standing.State.ACTIVE) {
                throw new Refusal(Refusal.Reason.NOT_ACTIVE);
            }
            if (undelivered.of(standing).isEmpty()) {
                return Redriven.NOTHING;
            }
            if (standing.subscription().sink() instanceof Webhook) {
                return redrive(name, older, goOn, once()::again);
            }
            return redriveBatch(standing, older, goOn);
        }
    }

    private Redriven redriveBatch(Standing standing, boolean older, BooleanSupplier goOn) {
        try (SystemNames names = new SystemNames();
                SinkOpening opening = SinkOpening.withoutLog(feed, new Guard(opened, names), spool);
                BatchSink sink = opening.open(standing)) {
            if (!sink.takesAgain()) {
                throw new Refusal(Refusal.Reason.NOT_ONE_BY_ONE);
            }
            boolean deletes = standing.subscription().sink() instanceof Postgres postgres
                    && postgres.gone() == Postgres.Gone.DELETE; // an older change would bring the row back
            return redrive(standing.subscription().name(), older && !deletes, goOn, new BatchAgain(sink));
        }
    }

    private Redriven redrive(String name, boolean older, BooleanSupplier goOn, Redrive.Sender sender) {
        try (Hold hold = new Hold(this, name, clock)) {
            return new Redrive(undelivered, newest, sender)
                    .run(hold.standing(), older, () -> goOn.getAsBoolean() && hold.holds());
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

    /** The ids of the changes that were given up for one and not sent again; the oldest 10,000. */
    public List<String> undelivered(String name) {
        return undelivered.of(get(name)).stream().map(Undelivered.Lying::id).toList();
    }

    /** How far all subscriptions are behind the log, by name. */
    public List<SinkLag> lags() {
        return lags.of(all().values());
    }

    /** The first offset of each partition of the log that a subscription has not got, as far as is committed. */
    public Map<Integer, Long> positions(Standing standing) {
        return lags.positions(standing);
    }

    /**
     * The subscriptions whose attempts are asked for.
     *
     * @param name {@code null} for all there are
     */
    public Collection<Standing> wanted(@Nullable String name) {
        return name == null
                ? all().values()
                : all().values().stream()
                        .filter(standing -> standing.subscription().name().equals(name))
                        .toList();
    }

    /** What was attempted. */
    public AttemptLog attempts() {
        return attempts;
    }

    /** Changes it, and waits until the gateways keep to it. */
    Changed change(String name, UnaryOperator<Standing> change) {
        Standing now;
        synchronized (this) {
            book.put(change.apply(get(name)));
            now = get(name);
        }
        return new Changed(now, followers.await(now));
    }

    private static Webhook webhook(Subscription subscription) {
        if (subscription.sink() instanceof Webhook webhook) {
            return webhook;
        }
        throw new Refusal(Refusal.Reason.NO_WEBHOOK);
    }

    private static Standing made(Standing standing) {
        if (standing.declared()) {
            throw new Refusal(Refusal.Reason.DECLARED);
        }
        return standing;
    }

    @Override
    public synchronized void close() {
        book.close();
        lags.close();
        if (once != null) {
            once.close();
        }
        producer.close(Duration.ofSeconds(5));
        admin.close(Duration.ofSeconds(5));
    }
}
