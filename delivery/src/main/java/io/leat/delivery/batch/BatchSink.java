package io.leat.delivery.batch;

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
     * @param epoch counts how often the subscription was begun anew
     * @param from everything below this offset was made durable before, or is not asked for
     * @param letters takes what the end refuses for good
     */
    BatchWriter open(int partition, long epoch, long from, Letters letters);

    @Override
    void close();
}
