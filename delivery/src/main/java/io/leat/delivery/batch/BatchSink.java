package io.leat.delivery.batch;

import io.leat.delivery.lane.Cursor;
import io.leat.delivery.lane.LogEntry;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An end that takes changes in batches, for all partitions. Thread-safe. */
public interface BatchSink extends AutoCloseable {

    /**
     * How often it wants to be told that a span of the broker's time is over, counted from 1970, whether anything has come
     * or not; {@code null} for never.
     */
    @Nullable
    Duration every();

    /** Whether it wants to be given an empty batch first, so that what it lacks is told before there is anything to write. */
    boolean looksFirst();

    /**
     * Opens a partition. Does not wait: what has to be asked is asked with the first batch.
     *
     * @param from everything below its position was made durable before, or is not asked for
     * @param letters takes what the end refuses for good
     */
    BatchWriter open(int partition, Cursor from, Letters letters);

    /**
     * Looks whether it can be reached and written to, as far as that can be told without writing a change. Waits for it, and
     * disturbs nobody who writes.
     *
     * @throws IOException if it cannot at the moment
     * @throws SinkRefusal if that will not pass by itself
     */
    void look() throws IOException;

    /** Whether it takes single changes {@link #again}. */
    boolean takesAgain();

    /**
     * Takes one change again that it refused, by itself and beside the cursors; what it has twice is as if it had it once, as far
     * as its guarantee goes. Waits for it.
     *
     * @param change where it stands in the log, and what it says
     * @return why it does not take it, for people; {@code null} if it has it
     * @throws IOException if it cannot be reached at the moment
     * @throws SinkRefusal if that will not pass by itself
     * @throws UnsupportedOperationException if it takes none
     */
    @Nullable
    String again(int partition, LogEntry change) throws IOException;

    @Override
    void close();
}
