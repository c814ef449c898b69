package io.leat.delivery;

import io.leat.core.delivery.Subscription;
import io.leat.delivery.guard.Guard;
import io.leat.delivery.guard.Network;
import io.leat.delivery.guard.SystemNames;
import io.leat.delivery.lane.Budget;
import io.leat.delivery.lane.Traffic;
import io.leat.delivery.webhook.HttpSender;
import io.leat.delivery.work.Keeper;
import io.leat.delivery.work.Kept;
import io.leat.format.webhook.SecretBox;
import io.leat.format.webhook.WebhookTopics;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The webhooks of one feed, delivered by this process for as long as it is open. Thread-safe. */
public final class Webhooks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    /** Attempts open at once, beyond one for each lane. */
    private static final int MOST_ATTEMPTS = 1_024;

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final SubscriptionBook book;
    private final SystemNames names;
    private final HttpSender sender;
    private final CatchUp catchUp;
    private final OfficeThread thread;
    private final SinkOpening opening;
    private final Ends ends;
    private final Outbox outbox;
    private final Kept kept;
    private volatile @Nullable LogReader reader;
    private volatile boolean closing;
    private final Budget budget;
    private final Disabler disabler;

    /**
     * What to deliver, and how.
     *
     * @param feed the feed's name
     * @param changes its change log, which must exist
     * @param kafka how its clients connect: servers and security
     * @param declared the subscriptions of the feed file
     * @param opened ranges besides the public internet that deliveries may go to
     * @param box opens the secrets of subscriptions made at run time
     * @param memory bytes that waiting changes may take in all
     * @param spool where files for buckets are prepared; made when needed
     */
    public record Settings(
            String feed,
            String changes,
            Map<String, Object> kafka,
            List<Subscription> declared,
            List<Network> opened,
            SecretBox box,
            long memory,
            Path spool) {
        public static final long MEMORY = 128L << 20;

        public Settings {
            kafka = Map.copyOf(kafka);
            declared = List.copyOf(declared);
            opened = List.copyOf(opened);
        }

        /** Addresses only: the rest may hold secrets. */
        @Override
        public String toString() {
            return "Settings[" + feed + "]";
        }

        /** For a consumer of committed records. */
        public Map<String, Object> consumer(Map<String, Object> more) {
            Map<String, Object> settings = new HashMap<>(kafka);
            settings.put("isolation.level", "read_committed");
            settings.put("enable.auto.commit", false);
            settings.put("auto.offset.reset", "earliest");
            settings.put("allow.auto.create.topics", false);
            settings.putAll(more);
            return settings;
        }

        /** For a producer that loses nothing. */
        public Map<String, Object> producer() {
            Map<String, Object> settings = new HashMap<>(kafka);
            settings.put("acks", "all");
            settings.put("linger.ms", 5);
            settings.put("max.block.ms", 5_000);
            return settings;
        }
    }

    /**
     * Starts to deliver.
     *
     * @throws UnknownTopicOrPartitionException if there is no change log yet
     */
    public static Webhooks start(Settings settings, InstantSource clock, RandomGenerator random) {
        return start(settings, new Keeper(), new Unanswered(), new SinkCounts(), clock, random);
    }

    /**
     * The same for a process that looks after it.
     *
     * @param keeper keeps it at work
     * @param unanswered counts what conditions have no answer for
     * @param counts counts what becomes of changes
     */
    public static Webhooks start(
            Settings settings,
            Keeper keeper,
            Unanswered unanswered,
            SinkCounts counts,
            InstantSource clock,
            RandomGenerator random) {
        return new Webhooks(settings, keeper, unanswered, counts, clock, random);
    }

    private Webhooks(
            Settings settings,
            Keeper keeper,
            Unanswered unanswered,
            SinkCounts counts,
            InstantSource clock,
            RandomGenerator random) {
        WebhookTopics topics = WebhookTopics.of(settings.feed());
        admin = Admin.create(new HashMap<>(settings.kafka()));
        int partitions = prepare(admin, topics, settings);
        producer = new KafkaProducer<>(settings.producer(), new ByteArraySerializer(), new ByteArraySerializer());
        book = new SubscriptionBook(
                        settings.consumer(Map.of()),
                        producer,
                        topics.subscriptions(),
                        settings.box(),
                        settings.declared())
                .open()
                .keepReading("webhook-subscriptions-" + settings.feed(), keeper);
        disabler = new Disabler("webhook-disable-" + settings.feed(), book, keeper);
        vertx = Vertx.vertx(new VertxOptions()
                .setUseDaemonThread(true)
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1));
        names = new SystemNames();
        Guard guard = new Guard(settings.opened(), names);
        LogIdentity identity = new LogIdentity(admin, settings.changes());
        opening = new SinkOpening(settings.feed(), guard, settings.spool(), identity);
        sender = new HttpSender(vertx, guard, clock);
        thread = new OfficeThread();
        budget = new Budget(settings.memory());
        Cursors cursors = new Cursors(admin, topics, settings.changes());
        fixStarts(new Places(admin, settings.changes(), cursors));
        LogReader.Lease lease = new LogReader.Lease();
        catchUp = new CatchUp(
                settings.changes(),
                settings.consumer(Map.of("max.poll.records", 500, "max.partition.fetch.bytes", 1 << 20)),
                this::caughtUp,
                "webhook-catch-up-" + settings.feed(),
                keeper);
        ends = new Ends(
                "sink-" + settings.feed(),
                opening::open,
                partition -> LogIdentity.end(admin, settings.changes(), partition));
        outbox = new Outbox("webhook-outbox-" + settings.feed(), producer, keeper);
        Office office = new Office(
                thread,
                sender,
                cursors,
                new Attempts(outbox, topics.attempts()),
                new DeadLetters(outbox, topics.undelivered()),
                catchUp,
                budget,
                new Crowd(new Traffic(MOST_ATTEMPTS)),
                clock,
                random,
                lease::holds,
                disabler,
                partitions,
                subscription -> unanswered.count(settings.feed(), subscription),
                Renewal.of(admin, settings.feed()).toMillis(),
                ends,
                subscription -> counts.of(settings.feed(), subscription));
        kept = keeper.keep("webhook-log-" + settings.feed(), () -> {
            LogReader begun = new LogReader(
                    settings.changes(),
                    readerSettings(settings, topics),
                    identity,
                    book,
                    cursors,
                    new Company(new Deliverers(admin, topics.readers()), settings.declared(), settings.feed()),
                    office,
                    lease);
            reader = begun;
            if (closing) {
                begun.close();
            }
            begun.run();
        });
        LOG.info(
                "Webhooks of {} are delivered, {} subscriptions",
                settings.feed(),
                book.all().size());
    }

    private static int prepare(Admin admin, WebhookTopics topics, Settings settings) {
        try {
            return new TopicSetup(admin).prepare(topics, settings.changes());
        } catch (KafkaException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    private static Map<String, Object> readerSettings(Settings settings, WebhookTopics topics) {
        return settings.consumer(Map.of(
                "group.id",
                topics.readers(),
                "client.id",
                Deliverers.client(settings.declared(), settings.feed()),
                "partition.assignment.strategy",
                "org.apache.kafka.clients.consumer.CooperativeStickyAssignor",
                "session.timeout.ms",
                Math.toIntExact(LogReader.SESSION.toMillis()),
                "heartbeat.interval.ms",
                1_000,
                "max.poll.records",
                2_000));
    }

    private void caughtUp(ClientLane lane, int partition, List<Told> changes, long position) {
        LogReader now = reader;
        if (now == null) {
            return;
        }
        thread.execute(() -> now.lanes().stream()
                .filter(lanes -> lanes.partition() == partition)
                .forEach(lanes -> lanes.chunk(lane, changes, position)));
    }

    /** What the feed file declares begins now, not when the first partition is taken. */
    private void fixStarts(Places places) {
        book.all().values().stream()
                .filter(standing -> standing.revision() == Standing.UNWRITTEN && standing.beginsNow())
                .forEach(standing -> book.put(standing.from(places.now())));
    }

    /** Who wants what. */
    public SubscriptionBook subscriptions() {
        return book;
    }

    /** Memory that waiting changes take, in bytes. */
    public long memory() {
        return budget.used();
    }

    /** Ends without a word, as if the process were killed: nothing more is sent, committed or said to the group. */
    public void halt() {
        kept.end(this::haltReading, CLOSE_WITHIN);
        ends.halt();
        opening.close();
        vertx.close();
        catchUp.close();
        disabler.close();
        book.close();
        names.close();
        producer.close(Duration.ZERO);
        outbox.close();
        admin.close(Duration.ZERO);
    }

    private void haltReading() {
        closing = true;
        LogReader now = reader;
        if (now != null) {
            now.halt();
        }
        thread.shutdownNow().forEach(task -> ((Future<?>) task).cancel(false));
    }

    private void endReading() {
        closing = true;
        LogReader now = reader;
        if (now != null) {
            now.close();
        }
    }

    /** Ends: what is under way may finish for a few seconds, and how far each client is gets committed. */
    @Override
    public void close() {
        kept.end(this::endReading, CLOSE_WITHIN);
        ends.close();
        opening.close();
        catchUp.close();
        outbox.close();
        thread.shutdownNow();
        disabler.close();
        book.close();
        sender.close();
        vertx.close();
        names.close();
        producer.close(Duration.ofSeconds(2));
        admin.close(Duration.ofSeconds(2));
    }
}
