package io.leat.gateway.log;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A change log as it was found, until its topic is made anew: then it is over, and places in it mean nothing any more.
 * Thread-safe.
 */
public final class OpenLog {

    private final String identity;
    private final int partitions;
    private final Ring ring;
    private final Past past;
    private final Past searches;
    private final long thinnedAfterMillis;
    private final InstantSource clock;
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean isResting;
    private volatile boolean over;

    /**
     * A log.
     *
     * @param identity what it has that no other has; empty if it could not be asked
     * @param partitions how many there are
     * @param ring its head
     * @param past serves those who are further back
     * @param searches serves whoever needs all of it
     * @param thinnedAfterMillis how long every change is kept
     */
    OpenLog(
            String identity,
            int partitions,
            Ring ring,
            Past past,
            Past searches,
            long thinnedAfterMillis,
            InstantSource clock) {
        this.identity = identity;
        this.partitions = partitions;
        this.ring = ring;
        this.past = past;
        this.searches = searches;
        this.thinnedAfterMillis = thinnedAfterMillis;
        this.clock = clock;
    }

    /** What this log has that no other has, also none made anew under its name; empty if it could not be asked. */
    public String identity() {
        return identity;
    }

    /** How many partitions it has. */
    public int partitions() {
        return partitions;
    }

    /** The id of an event after which a reader stands at this place. */
    public String id(Place place) {
        return new EventId(identity, place.toString()).toString();
    }

    /**
     * The number from which a reader at this place can follow the head.
     *
     * @return -1 if it is too far back
     */
    public long follow(Place place) {
        return ring.coverFrom(place);
    }

    /** Changes at the head from a number on; {@code null} if the first of them has been dropped. */
    public @Nullable List<Told> head(long number, int atMost) {
        return ring.from(number, atMost);
    }

    /** Where the head ends that was read. */
    Place end() {
        return ring.end();
    }

    /** Where a reader stands who wants nothing of what there is. */
    public Future<Place> now() {
        Place end = ring.end();
        return isResting ? ends().map(ends -> Place.at(ends.end())) : Future.succeededFuture(end);
    }

    /** Some changes from a place on; none if there were none in time. */
    public Future<Batch> past(Place from) {
        return past.read(from);
    }

    /** What of the log is there. */
    public Future<Ends> ends() {
        return past.ends(clock.millis() - thinnedAfterMillis);
    }

    /** Where changes written at a moment or later begin; milliseconds since 1970. */
    public Future<Place> since(long millis) {
        return past.since(millis);
    }

    /** Which changes of a snapshot, from a place in it on, are the last of their key. */
    public Future<Survivors> survivors(Place from) {
        return searches.survivors(from);
    }

    /** Whether there is another log of its name now, or none that is read. */
    public boolean isOver() {
        return over;
    }

    /** Has this run whenever the head has moved, and when the log is over; it must return at once. From another thread. */
    public void onMore(Runnable run) {
        waiting.add(run);
        synchronized (waiting) {
            waiting.notifyAll();
        }
    }

    /** Ends that. */
    public void forget(Runnable run) {
        waiting.remove(run);
    }

    /** Whether somebody waits for the head to move. */
    boolean hasReaders() {
        return !waiting.isEmpty();
    }

    /** The head is not read on: returns when somebody waits for it, after this long at the latest. */
    void rest(Duration atMost) throws InterruptedException {
        isResting = true;
        synchronized (waiting) {
            if (waiting.isEmpty()) {
                waiting.wait(Math.max(1, atMost.toMillis()));
            }
        }
    }

    /** Whether the log goes on without what is known here of its head. */
    boolean isResting() {
        return isResting;
    }

    /** The head is read again, from a place on; what was known of it is dropped. */
    void goOnFrom(Place place) {
        ring.skipTo(place);
        isResting = false;
        moved();
    }

    /** Takes in a change at the head. */
    void add(int partition, long offset, byte[] key, byte[] value) {
        ring.add(partition, offset, key, value);
    }

    /** Tells whoever waits that there is more. */
    void moved() {
        waiting.forEach(Runnable::run);
    }

    /** It is over: whoever waits is told so. */
    void finish() {
        over = true;
        moved();
        past.close();
        searches.close();
    }
}
