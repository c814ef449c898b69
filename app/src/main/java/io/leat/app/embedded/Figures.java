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
 * @param newest the newest event time read
 * @param work how much of their time the stages work and wait
 * @param nextOffsets the next offset to read of each raw partition; none for one that has not been read
 * @param behind what has not been read yet
 * @param checkpoint the last one
 * @param latency how long changes take
 * @param order what waits for older records
 * @param room memory and disk
 */
public record Figures(
        long at,
        String status,
        Tally tally,
        long tied,
        long restarts,
        Newest newest,
        Work work,
        Map<Integer, Long> nextOffsets,
        Behind behind,
        Checkpoint checkpoint,
        Latencies latency,
        Order order,
        Room room) {

    public Figures {
        nextOffsets = Map.copyOf(nextOffsets);
    }

    /** Whether something so old follows the clock, and is not the replay of a recording. */
    public static boolean isNear(long ageMillis) {
        return ageMillis <= Newest.NEAR_MILLIS;
    }

    /** The same with what is measured around the job. */
    Figures with(Behind unread, Room measured) {
        return new Figures(
                at,
                status,
                tally,
                tied,
                restarts,
                newest,
                work,
                nextOffsets,
                unread,
                checkpoint,
                latency,
                order,
                measured);
    }

    /**
     * The newest event time.
     *
     * @param millis since 1970; {@link Long#MIN_VALUE} before the first
     * @param ageMillis how old its scrape was when the broker took it
     */
    public record Newest(long millis, long ageMillis) {
        public static final Newest NONE = new Newest(Long.MIN_VALUE, 0);

        /** Scrapes that reach the broker later than this are a recording: how far it is behind the clock says nothing. */
        static final long NEAR_MILLIS = 3_600_000;

        /** Whether event time follows the clock, so that it can lag behind it. */
        public boolean isNear() {
            return millis != Long.MIN_VALUE && ageMillis <= NEAR_MILLIS;
        }
    }

    /**
     * What stages do with their time, over the last second or so.
     *
     * @param busy the share in which the busiest works, 0 to 1
     * @param backpressured the share in which the most hindered waits for the next one, or for the change log, 0 to 1
     */
    public record Work(double busy, double backpressured) {
        public static final Work NONE = new Work(0, 0);
    }

    /**
     * What the raw partitions hold that has not been read. Marks of transactions between records count as records.
     *
     * @param known whether the broker has said lately where the partitions end
     * @param records how many
     * @param millis how long ago the broker took the oldest of them; 0 if all has been read
     * @param partition the one with the oldest; -1 if all has been read
     */
    public record Behind(boolean known, long records, long millis, int partition) {
        public static final Behind UNKNOWN = new Behind(false, 0, 0, -1);
        public static final Behind NOTHING = new Behind(true, 0, 0, -1);
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
     * Durations of the last seconds up to the committed change.
     *
     * @param appended from when the broker took the scrape; of those nobody waited with
     * @param extracted from when it was extracted: how old the news is
     */
    public record Latencies(Latency appended, Latency extracted) {
        public static final Latencies NONE = new Latencies(Latency.NONE, Latency.NONE);
    }

    /**
     * Durations up to the committed change.
     *
     * @param samples how many changes it is drawn from
     */
    public record Latency(long samples, double p50Millis, double p99Millis) {
        public static final Latency NONE = new Latency(0, 0, 0);
    }

    /** Before anything ran. */
    public static Figures none(long at, String status) {
        return new Figures(
                at,
                status,
                Tally.ZERO,
                0,
                0,
                Newest.NONE,
                Work.NONE,
                Map.of(),
                Behind.UNKNOWN,
                Checkpoint.NONE,
                Latencies.NONE,
                Order.NONE,
                Room.UNKNOWN);
    }
}
