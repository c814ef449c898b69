package io.leat.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds out up to which moment a lane has seen everything that was appended: some time after the end of a span the broker is
 * asked where its log ends, and once the lane has read so far, open transactions included, the span is over. For one thread.
 */
final class Settling {

    /** How much the broker's clock may be behind ours for a span to be over on time. */
    static final long GRACE_MILLIS = 300;

    private static final long AGAIN_MILLIS = 1_000;
    private static final long NOTHING = -1;

    private final long every;
    private long lookAt;
    private boolean asking;
    private long moment;
    private long end = NOTHING;
    private long settled;

    /** @param every how long a span is; {@code null} if nobody asks for spans */
    Settling(@Nullable Duration every, long nowMillis) {
        this.every = every == null ? 0 : every.toMillis();
        this.lookAt = every == null ? Long.MAX_VALUE : after(nowMillis);
    }

    private long after(long nowMillis) {
        return Math.floorDiv(nowMillis - GRACE_MILLIS, every) * every + every + GRACE_MILLIS;
    }

    boolean asksNow(long nowMillis) {
        return nowMillis >= lookAt && !asking && end == NOTHING;
    }

    /** The broker is asked now. */
    void asking(long nowMillis) {
        asking = true;
        moment = Math.floorDiv(nowMillis - GRACE_MILLIS, every) * every;
        lookAt = after(nowMillis);
    }

    /**
     * The broker has answered.
     *
     * @param endOfLog behind all records, those of open transactions too; {@code null} if it could not say
     */
    void answered(@Nullable Long endOfLog, long nowMillis) {
        asking = false;
        if (endOfLog == null) {
            lookAt = Math.min(lookAt, nowMillis + AGAIN_MILLIS);
        } else {
            end = endOfLog;
        }
    }

    /** The lane has read everything below an offset. */
    void reached(long position) {
        if (end != NOTHING && position >= end) {
            settled = moment;
            end = NOTHING;
        }
    }

    /** Everything appended before this moment was read; 0 if nothing is known yet. */
    long settledMillis() {
        return settled;
    }

    /** When to look again, milliseconds since 1970. */
    long lookAtMillis() {
        return lookAt;
    }
}
