package io.leat.core;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which keys stopped appearing. One survey: first every key is {@link #count}ed, then each is asked.
 *
 * <p>Surveys come at fixed moments of event time, {@link #dueAt}; whoever keeps the keys drives them with the event times of
 * the records it reads. What a survey finds depends on all keys read so far, so with several raw partitions it may
 * differ after a crash; what has been told stays told, and no chain is broken.
 */
public final class Departures {

    private static final int SURVEYS_PER_SPAN = 8;
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final long afterMicros;
    private final BigDecimal coverage;
    private final Map<String, long[]> sites = new HashMap<>();
    private long now = Long.MIN_VALUE;

    public Departures(Rules.Gone rule) {
        Duration after = rule.after();
        this.afterMicros = after == null ? Long.MAX_VALUE : Judgement.micros(after);
        this.coverage = rule.coverage();
    }

    /**
     * The moment to survey when the clock goes on.
     *
     * @param before where the clock was, {@link Evidence#UNKNOWN} if it had not begun; microseconds since 1970
     * @param after where it is now
     * @return {@link Evidence#UNKNOWN} if none is due
     */
    public long dueAt(long before, long after) {
        if (afterMicros == Long.MAX_VALUE || before == Evidence.UNKNOWN || after <= before) {
            return Evidence.UNKNOWN;
        }
        long step = Math.max(1, afterMicros / SURVEYS_PER_SPAN);
        long moment = Math.floorDiv(after, step) * step;
        return moment > before ? moment : Evidence.UNKNOWN;
    }

    /** From when on the end of a crawl counts: a little later, so that its scrapes in other partitions have been read. */
    public static long crawlCountsAt(long ended) {
        return ended + Judgement.micros(GRACE);
    }

    /** Begins a survey. */
    public void begin(long moment) {
        now = moment;
        sites.clear();
    }

    /** Counts a key for its site's coverage. */
    public void count(Known known, String site) {
        if (known.isPresent()) {
            long[] counts = sites.computeIfAbsent(site, s -> new long[2]);
            counts[0]++;
            counts[1] += isUnseen(known) ? 0 : 1;
        }
    }

    /** From when on a key counts as gone, {@code null} if it does not: it was seen, or too few keys of its site were. */
    public @Nullable Long goneAt(Known known, String site) {
        return known.isPresent() && isUnseen(known) && isCovered(site) ? known.eventTime() + afterMicros : null;
    }

    private boolean isUnseen(Known known) {
        return now - known.eventTime() >= afterMicros;
    }

    private boolean isCovered(String site) {
        long[] counts = sites.getOrDefault(site, new long[2]);
        return BigDecimal.valueOf(counts[1]).compareTo(coverage.multiply(BigDecimal.valueOf(counts[0]))) >= 0;
    }
}
