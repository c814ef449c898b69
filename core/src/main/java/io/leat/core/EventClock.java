package io.leat.core;

import java.util.Map;
import java.util.TreeMap;

/**
 * How far event time has come, over the partitions that scrapes are read from: as far as the one that is furthest behind,
 * less the bound of disorder. Partitions that have been silent for a while do not count.
 *
 * <p>Only items move it. A source that falls silent altogether stops it; who waits for it then is not its business.
 * All times in milliseconds. Used by one thread.
 */
public final class EventClock {

    /** Stands for a number of partitions that is not known. */
    public static final int ANY = Integer.MAX_VALUE;

    /** Before any item. */
    public static final long NEVER = Long.MIN_VALUE;

    private final long bound;
    private final long idleAfter;
    private final int partitions;
    private long startedAt;
    private final Map<Integer, Partition> known = new TreeMap<>();
    private long time;

    private record Partition(long newest, long seenAt) {}

    /**
     * A clock that goes on from what was kept.
     *
     * @param bound how far items may be behind the newest of their partition
     * @param idleAfter how long a partition may be silent
     * @param partitions how many partitions are read here, or {@link #ANY}
     * @param now by the job's clock
     * @param time what the clock showed, {@link #NEVER} at first
     * @param newest the newest event time of each partition; where it is not known which of them are read here, none is
     *     waited for
     */
    public EventClock(long bound, long idleAfter, int partitions, long now, long time, Map<Integer, Long> newest) {
        this.bound = bound;
        this.idleAfter = idleAfter;
        this.partitions = partitions;
        this.startedAt = now;
        this.time = time;
        long seenAt = partitions >= newest.size() && partitions != ANY ? now : now - idleAfter;
        newest.forEach((partition, eventTime) -> known.put(partition, new Partition(eventTime, seenAt)));
    }

    /** An item has been read from this partition. */
    public void saw(int partition, long eventTime, long now) {
        Partition before = known.get(partition);
        long newest = before == null ? eventTime : Math.max(before.newest(), eventTime);
        known.put(partition, new Partition(newest, now));
    }

    /** Nobody was read because nobody was there to read: a process that stood still takes no partition for silent. */
    public void stoodStill(long millis) {
        startedAt += millis;
        known.replaceAll((number, partition) -> new Partition(partition.newest(), partition.seenAt() + millis));
    }

    /** Up to when everything has come that is not late; never goes back. */
    public long time(long now) {
        if (known.size() < partitions && now - startedAt < idleAfter) {
            return time;
        }
        long behind = Long.MAX_VALUE;
        for (Partition partition : known.values()) {
            if (now - partition.seenAt() < idleAfter) {
                behind = Math.min(behind, partition.newest());
            }
        }
        if (behind != Long.MAX_VALUE) {
            time = Math.max(time, behind - bound);
        }
        return time;
    }

    /**
     * Up to when everything has come from this partition that is not late. It depends on the partition's records alone,
     * not on how fast others are read, so a replay finds the same items late.
     */
    public long time(int partition, long none) {
        Partition own = known.get(partition);
        return own == null ? none : Math.max(none, own.newest() - bound);
    }

    /** The newest event time of each partition, to be kept. */
    public Map<Integer, Long> newest() {
        Map<Integer, Long> newest = new TreeMap<>();
        known.forEach((number, partition) -> newest.put(number, partition.newest()));
        return newest;
    }
}
