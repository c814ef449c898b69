package io.leat.delivery.files;

import io.leat.core.FieldPath;
import io.leat.core.delivery.JsonFiles;
import io.leat.core.delivery.Subscription;
import io.leat.delivery.batch.BatchSink;
import io.leat.delivery.batch.BatchWriter;
import io.leat.delivery.batch.Letters;
import io.leat.delivery.batch.Log;
import io.leat.delivery.guard.Guard;
import io.leat.delivery.lane.Cursor;
import io.leat.delivery.lane.LogEntry;
import io.leat.format.ChangeJson;
import io.leat.format.webhook.WebhookBody;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Files in a directory or a bucket. Thread-safe. */
public final class FilesSink implements BatchSink {

    private final String feed;
    private final String sink;
    private final JsonFiles terms;
    private final Function<LogEntry, byte[]> lines;
    private final ObjectStore store;
    private final Supplier<Log> log;

    /**
     * Opens them. Does not wait.
     *
     * @param sink the subscription's name among all there ever were
     * @param subscription one that goes to files
     * @param guard says which addresses may be connected to; {@code null} for any
     * @param spool where files for a bucket are prepared
     * @param log asks for the change log; may wait for the broker
     */
    public static FilesSink open(
            String feed, String sink, Subscription subscription, @Nullable Guard guard, Path spool, Supplier<Log> log) {
        if (!(subscription.sink() instanceof JsonFiles terms)) {
            throw new IllegalArgumentException(subscription.name() + " does not go to files");
        }
        JsonFiles.Store bucket = terms.store();
        ObjectStore store = bucket == null
                ? new LocalStore(Path.of(terms.path()))
                : S3Store.open(terms.path(), bucket, spool, guard);
        return new FilesSink(feed, sink, terms, lines(subscription.fields()), store, log);
    }

    FilesSink(
            String feed,
            String sink,
            JsonFiles terms,
            Function<LogEntry, byte[]> lines,
            ObjectStore store,
            Supplier<Log> log) {
        this.feed = feed;
        this.sink = sink;
        this.terms = terms;
        this.lines = lines;
        this.store = store;
        this.log = log;
    }

    private static Function<LogEntry, byte[]> lines(List<FieldPath> fields) {
        return fields.isEmpty() ? LogEntry::value : entry -> WebhookBody.select(ChangeJson.tree(entry.value()), fields);
    }

    @Override
    public @Nullable Duration every() {
        return terms.every();
    }

    @Override
    public boolean looksFirst() {
        return false;
    }

    @Override
    public BatchWriter open(int partition, Cursor from, Letters letters) {
        return new FilesWriter(terms, store, lines, () -> {
            Log now = log.get();
            return new Place(feed, sink, now.id(), from.epoch(), partition, now.partitions());
        });
    }

    @Override
    public void look() throws IOException {
        store.look();
    }

    /** Never: files are cut by the log alone. */
    @Override
    public boolean takesAgain() {
        return false;
    }

    @Override
    public @Nullable String again(int partition, LogEntry change) {
        throw new UnsupportedOperationException("files take no single change");
    }

    @Override
    public void close() {
        store.close();
    }
}
