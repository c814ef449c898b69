package io.leat.delivery;

import io.leat.core.delivery.KafkaTopic;
import io.leat.core.delivery.Postgres;
import io.leat.core.delivery.Subscription;
import io.leat.delivery.batch.BatchSink;
import io.leat.delivery.batch.Log;
import io.leat.delivery.files.FilesSink;
import io.leat.delivery.guard.Guard;
import io.leat.delivery.kafka.KafkaSink;
import io.leat.delivery.postgres.Connections;
import io.leat.delivery.postgres.PostgresSink;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What ends that take changes in batches are opened with. What the feed file declares may lie inside; what was made at run time
 * is reached through the guard alone, and so is every topic. Thread-safe.
 */
final class SinkOpening implements AutoCloseable {

    private final String feed;
    private final Guard guard;
    private final Path spool;
    private final Supplier<Log> log;
    private final Connections declared = new Connections();
    private final Connections made;

    /**
     * Opens nothing yet.
     *
     * @param guard says which addresses of strangers may be connected to
     * @param spool where files for buckets are prepared
     * @param log asks for the change log; may wait for the broker
     */
    SinkOpening(String feed, Guard guard, Path spool, Supplier<Log> log) {
        this.feed = feed;
        this.guard = guard;
        this.spool = spool;
        this.log = log;
        this.made = Connections.guarded(guard);
    }

    /** For ends that only are looked at, or written to beside the log. */
    static SinkOpening withoutLog(String feed, Guard guard, Path spool) {
        return new SinkOpening(feed, guard, spool, () -> {
            throw new IllegalStateException("this needs no log");
        });
    }

    /** Opens the end of a subscription. Does not wait. */
    BatchSink open(Standing standing) {
        return open(standing.id(), standing.subscription(), standing.declared());
    }

    /**
     * The same.
     *
     * @param sink the subscription's name among all there ever were
     * @param isDeclared by the feed file
     */
    BatchSink open(String sink, Subscription subscription, boolean isDeclared) {
        if (subscription.sink() instanceof Postgres) {
            return PostgresSink.open(feed, sink, subscription, isDeclared ? declared : made, log);
        }
        return subscription.sink() instanceof KafkaTopic
                ? KafkaSink.open(feed, sink, subscription, guard, log)
                : FilesSink.open(feed, sink, subscription, isDeclared ? null : guard, spool, log);
    }

    /** Ends all connections to databases. */
    @Override
    public void close() {
        declared.close();
        made.close();
    }
}
