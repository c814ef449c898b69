package io.leat.core.silence;

import io.leat.core.drift.Parts;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the pace of one site. A gap twice as long as any that is remembered has, whatever their distribution, about
 * one chance in half a million to be by chance after a thousand. Times in milliseconds; for one thread.
 */
final class Site {

    static final long NEVER = Long.MIN_VALUE;
    static final long LEAST_LIMIT = 5_000;
    static final double WARNS = 2;
    static final double WORSE = 1.5;
    /** A declared pace may be overrun by half. */
    private static final double GRACE = 1.5;

    private static final long LEAST_GAPS = 20;
    private static final long LEAST_AGE = 24L * 3_600_000;
    private static final int AGE_TIMES = 3;

    final GapMemory gaps = new GapMemory();
    final Volume volume = new Volume();
    private long first = NEVER;
    private long last = NEVER;
    private long gapCount;
    private long records;
    private long refused;
    private long bytes;
    /** A gap that was told of: it becomes usual when it comes again. */
    private long doubted;
    /** When the last record came before it. */
    private long doubtedSince = NEVER;
    /** 1 if a person says that the gap that is told of now is usual. */
    private long accepted;
    /** What is open: 0 nothing, 1 told, 2 told as worse. */
    private long told;

    /**
     * Records came, all at one moment.
     *
     * @return how long nothing had come, if that was told of and is over now; otherwise -1
     */
    long saw(long at, long came, long ofThemRefused) {
        records += came;
        refused += ofThemRefused;
        volume.saw(at, came);
        if (last == NEVER) {
            first = at;
            last = at;
            return -1;
        }
        long gap = at - last;
        if (gap <= 0) {
            return -1; // partitions are read at different speeds
        }
        long since = last;
        last = at;
        gapCount++;
        if (told == 0) {
            gaps.add(gap, at);
            return -1;
        }
        told = 0;
        if (accepted > 0) {
            accepted = 0;
            gaps.add(gap, at);
        } else if (doubted > 0 && Math.max(doubted, gap) <= 2 * Math.min(doubted, gap)) {
            gaps.add(Math.max(doubted, gap), at);
            doubted = 0;
        } else {
            doubted = gap;
            doubtedSince = since;
        }
        return gap;
    }

    /** Its records had so many bytes more. */
    void weighs(long more) {
        bytes += more;
    }

    /** A person says that the gap that began at a moment is usual: it is learned, now or when it is over. */
    void accept(long since) {
        if (told != 0 && last == since) {
            accepted = 1;
        } else if (doubted > 0 && doubtedSince == since) {
            gaps.add(doubted, last);
            doubted = 0;
        }
    }

    /** Nobody could send before: what nothing came from until then says nothing of this site. */
    void begin(long at) {
        if (told == 0 && last != NEVER) {
            last = Math.max(last, at);
        }
    }

    long last() {
        return last;
    }

    SiteFigure figure(long now, @Nullable Long expected) {
        long limit = limit(now, expected);
        return new SiteFigure(
                records, refused, bytes, last, silent(now), limit == NEVER ? null : (Long) limit, volume.leastMillis());
    }

    long silent(long now) {
        return last == NEVER ? 0 : Math.max(0, now - last);
    }

    boolean isTold() {
        return told > 0;
    }

    boolean isToldAsWorse() {
        return told > 1;
    }

    void tell(boolean isWorse) {
        told = isWorse ? 2 : 1;
    }

    /** It is somebody else's: what comes next ends a gap that says nothing of this site. */
    void untell() {
        told = 0;
        accepted = 0;
    }

    /** How long the longest gap was that it is known for; with a declared pace that pace. */
    long usual(long now, @Nullable Long expected) {
        return expected != null ? expected : gaps.longest(now);
    }

    /** After how long without a record it is silent; {@link #NEVER} while that is being learned. */
    long limit(long now, @Nullable Long expected) {
        if (expected != null) {
            return last == NEVER ? NEVER : Math.max(LEAST_LIMIT, (long) (GRACE * expected));
        }
        return isLearning(now) ? NEVER : Math.max(LEAST_LIMIT, (long) (WARNS * gaps.longest(now)));
    }

    private boolean isLearning(long now) {
        if (gapCount < LEAST_GAPS) {
            return true;
        }
        long longest = Math.max(gaps.longest(now), silent(now));
        return (now - first) / AGE_TIMES < Math.max(LEAST_AGE / AGE_TIMES, longest);
    }

    void pass(Parts parts, int layout) {
        first = parts.whole(first);
        last = parts.whole(last);
        gapCount = parts.whole(gapCount);
        records = parts.whole(records);
        doubted = parts.whole(doubted);
        told = parts.whole(told);
        gaps.pass(parts);
        volume.pass(parts);
        if (layout >= 2) {
            refused = parts.whole(refused);
            doubtedSince = parts.whole(doubtedSince);
            accepted = parts.whole(accepted);
        }
        if (layout >= 3) {
            bytes = parts.whole(bytes);
        }
    }
}
