package io.leat.gateway;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.delivery.SinkCounts;
import io.leat.delivery.work.Keeper;
import io.leat.format.Topics;
import io.leat.format.metrics.Metric;
import io.leat.gateway.access.Gatekeeper;
import io.leat.gateway.access.KeyBook;
import io.leat.gateway.access.KeyRing;
import io.leat.gateway.access.TicketSecret;
import io.leat.gateway.access.TicketsPart;
import io.leat.gateway.audit.AuditLog;
import io.leat.gateway.audit.AuditPart;
import io.leat.gateway.http.FrontDoor;
import io.leat.gateway.http.Part;
import io.leat.gateway.http.Tls;
import io.leat.gateway.ingest.RecordsPart;
import io.leat.gateway.log.FeedLog;
import io.leat.gateway.log.KafkaHealth;
import io.leat.gateway.metrics.DeliveryFigures;
import io.leat.gateway.metrics.Meters;
import io.leat.gateway.metrics.Reading;
import io.leat.gateway.page.AccessPart;
import io.leat.gateway.page.PagePart;
import io.leat.gateway.review.ReviewPart;
import io.leat.gateway.review.Reviews;
import io.leat.gateway.status.Checks;
import io.leat.gateway.status.FeedAccounts;
import io.leat.gateway.status.FeedPart;
import io.leat.gateway.status.StatusPart;
import io.leat.gateway.stream.ChangesPart;
import io.leat.gateway.subscription.Desks;
import io.leat.gateway.subscription.SubscriptionsPart;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A gateway at work: scrapes in, changes out, over HTTP. Knows topics and never the job. Thread-safe. */
public final class Gateway implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;
    private static final long CHECK_EVERY_MILLIS = 1_000;

    private final GatewaySettings settings;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));
    private final SecureRandom random = new SecureRandom();
    private final Meters meters = new Meters();
    private final Checks checks;
    private final DeliveryFigures deliveries = DeliveryFigures.none();
    private final Keeper keeper = deliveries.keeper();
    private final KafkaHealth health;
    private final KeyBook book;
    private final KeyRing keys;
    private final Map<String, FeedLog> logs = new LinkedHashMap<>();
    private final Gatekeeper gatekeeper;
    private final ChangesPart changes;
    private final RecordsPart records;
    private final SubscriptionsPart subscriptions;
    private final AuditLog audit;
    private final Reviews reviews = new Reviews();
    private final ReviewPart review;
    private final Desks desks;
    private final FeedAccounts accounts = new FeedAccounts();
    private final FeedPart told;
    private final FrontDoor door;

    private Gateway(GatewaySettings settings, boolean loopback, InstantSource clock, Desks desks) {
        mustFit(settings.tls());
        this.settings = settings;
        this.desks = desks;
        this.checks = new Checks(clock);
        this.health = new KafkaHealth(settings.kafka());
        this.book = new KeyBook(settings.kafka());
        this.keys = new KeyRing(settings.kafka(), keeper);
        this.audit = new AuditLog(settings.kafka());
        this.gatekeeper = new Gatekeeper(
                keys,
                book::used,
                loopback,
                clock,
                settings.proxies(),
                settings.limits().requestsPerSecond(),
                settings.tickets() == null ? TicketSecret.drawn(random) : settings.tickets(),
                random);
        for (Feed feed : settings.feeds()) {
            logs.put(
                    feed.name(),
                    new FeedLog(settings.kafka(feed), Topics.of(feed).changes(), clock, keeper));
        }
        Map<String, Feed> feeds = settings.feeds().stream().collect(Collectors.toMap(Feed::name, Function.identity()));
        this.review = new ReviewPart(gatekeeper, reviews);
        this.changes = new ChangesPart(vertx, logs, gatekeeper, settings.limits(), random);
        this.records = new RecordsPart(vertx, settings::kafka, feeds, gatekeeper, settings.limits(), clock);
        this.subscriptions = new SubscriptionsPart(gatekeeper, desks, keeper, deliveries.sinks(), clock);
        this.told = new FeedPart(gatekeeper, accounts);
        try {
            keys.start();
            logs.values().forEach(FeedLog::start);
            if (!loopback) {
                mustHaveKeys();
            }
            this.door = open(clock);
        } catch (RuntimeException e) {
            closeAll();
            throw e;
        }
        meters.add(this::measure);
        meters.add(deliveries);
    }

    /**
     * Starts to serve.
     *
     * @throws Refused if it will not like this
     */
    public static Gateway start(GatewaySettings settings, InstantSource clock) {
        return start(settings, clock, Desks.NONE);
    }

    /** The same where subscriptions to webhooks can be changed too; the desks are closed with the gateway. */
    public static Gateway start(GatewaySettings settings, InstantSource clock, Desks desks) {
        boolean loopback = isLoopback(settings.host());
        if (!loopback && settings.tls() == null && !settings.plainBeyond()) {
            throw new Refused(
                    Refused.Reason.NO_TLS,
                    "'%s' is reached from beyond this machine, and there is no TLS.".formatted(settings.host()));
        }
        return new Gateway(settings, loopback, clock, desks);
    }

    /** Where it listens. */
    public int port() {
        return door.port();
    }

    /** What can be asked of it, as {@code /openapi.json} describes it: {@code GET /v1/feeds/{feed}/changes} and so on. */
    public Set<String> routes() {
        return door.routes();
    }

    /** Keeps what this gateway does at work; what else the process does for its feeds may be kept here too. */
    public Keeper keeper() {
        return keeper;
    }

    /** What whoever delivers in this process counts and is kept at work by. */
    public DeliveryFigures deliveries() {
        return deliveries;
    }

    /** What becomes of changes, as it is counted in this process. */
    public SinkCounts sinks() {
        return deliveries.sinks();
    }

    /** What waits for a person, for whoever knows a feed's topics to show and to decide. */
    public Reviews reviews() {
        return reviews;
    }

    /** What {@code /readyz} shows; whatever else has to hold for the process may be added. */
    public Checks checks() {
        return checks;
    }

    /** What {@code /metrics} shows; whatever else the process measures may be added. */
    public Meters meters() {
        return meters;
    }

    /** Where the subscriptions of its feeds are changed. */
    public Desks desks() {
        return desks;
    }

    /** What the status and the trace of feeds are told from; nothing before somebody adds it. */
    public FeedAccounts accounts() {
        return accounts;
    }

    /** Who is let in. */
    public enum Access {
        /** Whoever has a key. */
        KEYS,
        /** Every program of this machine: no key was ever made. */
        THIS_MACHINE,
        /** Nobody yet: the keys cannot be read at the moment. */
        NOBODY
    }

    /** Who is let in now; waits so long for the keys to be known. */
    public Access access(Duration patience) {
        if (!keys.awaitLoaded(patience)) {
            return Access.NOBODY;
        }
        return gatekeeper.asksForKeys() ? Access.KEYS : Access.THIS_MACHINE;
    }

    private static boolean isLoopback(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            throw new Refused(Refused.Reason.ADDRESS, "'%s' is no address of this machine.".formatted(host), e);
        }
    }

    private void mustFit(@Nullable Tls tls) {
        if (tls != null) {
            try {
                tls.mustFit(vertx);
            } catch (GeneralSecurityException e) {
                quietly(vertx.close());
                throw badTls(e);
            }
        }
    }

    private static Refused badTls(Throwable cause) {
        return new Refused(Refused.Reason.BAD_TLS, "Certificate and key cannot be used: " + cause.getMessage(), cause);
    }

    private void mustHaveKeys() {
        boolean unused = keys.awaitLoaded(Duration.ofSeconds(PATIENCE_SECONDS));
        if (keys.isEmpty()) {
            throw new Refused(
                    Refused.Reason.NO_KEYS,
                    "'%s' is reached from beyond this machine, and there is no API key.".formatted(settings.host()));
        }
    }

    private FrontDoor open(InstantSource clock) {
        checks.add("kafka", health::answers);
        checks.add("keys", keys::isLoaded);
        logs.forEach((feed, log) -> checks.add("log of " + feed, log::isOpen));
        checks.add(keeper);
        vertx.setPeriodic(CHECK_EVERY_MILLIS, any -> checks.look());
        List<Part> parts = List.of(
                new AuditPart(clock, settings.proxies(), audit::write),
                review,
                new PagePart(),
                new AccessPart(
                        gatekeeper, settings.feeds().stream().map(Gateway::told).toList(), settings.version()),
                new StatusPart(settings.version(), gatekeeper, meters, checks),
                new TicketsPart(gatekeeper, logs.keySet()),
                subscriptions,
                told,
                records,
                changes);
        try {
            return await(FrontDoor.open(
                    vertx,
                    settings.host(),
                    settings.port(),
                    settings.tls(),
                    settings.limits(),
                    settings.proxies(),
                    parts));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof java.net.BindException) {
                throw new Refused(
                        Refused.Reason.ADDRESS,
                        "It cannot listen at %s:%s.".formatted(settings.host(), settings.port()),
                        cause);
            }
            throw badTls(cause);
        }
    }

    /** What a page has to know of a feed beside what it can ask for. */
    private static Map<String, Object> told(Feed feed) {
        return Map.of(
                "name",
                feed.name(),
                "raw",
                Topics.of(feed).raw(),
                "compare",
                feed.comparison() instanceof Feed.Comparison.Only only
                        ? only.fields().stream().map(FieldPath::toString).toList()
                        : List.of(),
                "holds",
                !feed.rules().hold().isEmpty());
    }

    private void measure(Reading reading) {
        reading.tell(Metric.CONNECTIONS, door.connections());
        reading.tell(Metric.STREAMS, changes.count());
        reading.tell(Metric.INGEST_HELD, records.held());
        reading.tell(Metric.INGESTED, records.taken());
    }

    private static <T> T await(Future<T> future) throws ExecutionException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new ExecutionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutionException(e);
        }
    }

    /** Ends streams with whole frames, stops listening, then lets go of Kafka. */
    @Override
    public void close() {
        changes.close();
        quietly(door.close());
        closeAll();
    }

    private void closeAll() {
        records.close();
        subscriptions.close();
        review.close();
        audit.close();
        told.close();
        quietly(vertx.close());
        logs.values().forEach(FeedLog::close);
        keys.close();
        book.close();
        health.close();
    }

    private static void quietly(Future<?> closing) {
        try {
            await(closing);
        } catch (ExecutionException e) {
            org.slf4j.LoggerFactory.getLogger(Gateway.class).warn("It does not stop in good order", e);
        }
    }
}
