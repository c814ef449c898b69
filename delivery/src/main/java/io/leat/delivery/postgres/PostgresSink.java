package io.leat.delivery.postgres;

import io.leat.core.delivery.Postgres;
import io.leat.core.delivery.Subscription;
import io.leat.delivery.batch.BatchSink;
import io.leat.delivery.batch.BatchWriter;
import io.leat.delivery.batch.Letters;
import io.leat.delivery.batch.Log;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tables of a Postgres database. Thread-safe. */
public final class PostgresSink implements BatchSink {

    private final Postgres terms;
    private final String name;
    private final Connections connections;
    private final Supplier<Log> log;

    /**
     * Opens them. Does not wait.
     *
     * @param sink the subscription's name among all there ever were
     * @param subscription one that goes to Postgres
     * @param connections shared by all sinks; they outlive this one
     * @param log asks for the change log; may wait for the broker
     */
    public static PostgresSink open(
            String feed, String sink, Subscription subscription, Connections connections, Supplier<Log> log) {
        if (!(subscription.sink() instanceof Postgres terms)) {
            throw new IllegalArgumentException(subscription.name() + " does not go to Postgres");
        }
        return new PostgresSink(terms, feed + "/" + sink, connections, log);
    }

    PostgresSink(Postgres terms, String name, Connections connections, Supplier<Log> log) {
        this.terms = terms;
        this.name = name;
        this.connections = connections;
        this.log = log;
    }

    /** Never: what has come is written at once. */
    @Override
    public @Nullable Duration every() {
        return null;
    }

    @Override
    public boolean looksFirst() {
        return true;
    }

    @Override
    public BatchWriter open(int partition, long epoch, long from, Letters letters) {
        return new PostgresWriter(terms, connections, new CursorRow(terms, name, partition), log, epoch, from, letters);
    }

    @Override
    public void close() {
        // the connections belong to all
    }
}
