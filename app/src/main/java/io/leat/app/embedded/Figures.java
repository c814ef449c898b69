package io.leat.app.embedded;

import io.leat.core.Tally;
import java.util.Map;

/**
 * What an operator watches, at one moment.
 *
 * @param at when they were taken, milliseconds since 1970
 * @param status Flink's word for the job's state
 * @param tally where the scrapes went, since the feed's first start
 * @param tied how many stale scrapes show other values than one of the same key and moment, where no field orders them
 * @param restarts how often the job has begun again by itself
 * @param newestEventMillis the newest event time read; {@link Long#MIN_VALUE} before the first
 * @param backpressured the share of time the most hindered stage waits for the next one, 0 to 1
 * @param busy the share of time the busiest stage works, 0 to 1
 * @param nextOffsets the next offset to read of each raw partition; none for one that has not been read
 * @param checkpoint the last one
 * @param latency from extraction to the change log
 * @param order what waits for older records
 * @param room memory and disk
 */
public record Figures(
        long at,
        String status,
        Tally tally,
        long tied,
        long restarts,
        long newestEventMillis,
        double backpressured,
        double busy,
        Map<Integer, Long> nextOffsets,
        Checkpoint checkpoint,
        Latency latency,
        Order order,
        Room room) {

    public Figures {
        nextOffsets = Map.copyOf(nextOffsets);
    }

    /** Of a job in which nothing waits for order. */
    public Figures(
            long at,
            String status,
            Tally tally,
            long restarts,
            long newestEventMillis,
            double backpressured,
            double busy,
            Map<Integer, Long> nextOffsets,
            Checkpoint checkpoint,
            Latency latency) {
        this(
                at,
                status,
                tally,
                0,
                restarts,
                newestEventMillis,
                backpressured,
                busy,
                nextOffsets,
                checkpoint,
                latency,
                Order.NONE,
                Room.UNKNOWN);
    }

    /** The same with the room of its process. */
    Figures with(Room measured) {
        return new Figures(
                at,
                status,
                tally,
                tied,
                restarts,
                newestEventMillis,
                backpressured,
                busy,
                nextOffsets,
                checkpoint,
                latency,
                order,
                measured);
    }

    /**
     * Records that wait for older ones of their key, and what waits for event time to come.
     *
     * @param waiting how many wait now
     * @param waitMillis how long each waits; with a learned bound, that of the source that needs most
     */
    public record Order(long waiting, long waitMillis) {
        public static final Order NONE = new Order(0, 0);
    }

    /**
     * Checkpoints of this run.
     *
     * @param completed how many
     * @param durationMillis how long the last took; 0 before the first
     * @param completedAt when the last was complete, milliseconds since 1970; 0 before the first
     * @param stateBytes how large the whole state in the last is; 0 before the first
     */
    public record Checkpoint(long completed, long durationMillis, long completedAt, long stateBytes) {
        public static final Checkpoint NONE = new Checkpoint(0, 0, 0, 0);
    }

    /**
     * From extraction to the committed change.
     *
     * @param samples how many changes it is drawn from
     */
    public record Latency(long samples, double p50Millis, double p99Millis) {
        public static final Latency NONE = new Latency(0, 0, 0);
    }

    /** Before anything ran. */
    public static Figures none(long at, String status) {
        return new Figures(at, status, Tally.ZERO, 0, Long.MIN_VALUE, 0, 0, Map.of(), Checkpoint.NONE, Latency.NONE);
    }
}
