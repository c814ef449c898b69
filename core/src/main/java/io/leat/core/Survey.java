package io.leat.core;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One look at all keys: first every key is {@link #count}ed, then each is asked. A site that shows too few of its keys has a
 * problem and loses none. Used by one thread.
 */
public final class Survey {

    private final @Nullable String only;
    private final long moment;
    private final long seenFrom;
    private final BigDecimal coverage;
    private final Departure departure;
    private final Map<String, long[]> sites = new HashMap<>();

    /** From when on a key that was last seen at a moment counts as gone, both in microseconds since 1970. */
    interface Departure {
        long at(long lastSeen);
    }

    /**
     * A survey to be made.
     *
     * @param only the site it is about, {@code null} for all
     * @param moment its own, microseconds since 1970; keys that were first seen at it or later are not there yet
     * @param seenFrom keys seen at this moment or later are there, microseconds since 1970
     * @param coverage the least share of a site's keys that must be there
     */
    Survey(@Nullable String only, long moment, long seenFrom, BigDecimal coverage, Departure departure) {
        this.only = only;
        this.moment = moment;
        this.seenFrom = seenFrom;
        this.coverage = coverage;
        this.departure = departure;
    }

    /** Counts a key for its site's coverage. */
    public void count(Known known, String site) {
        if (isThere(known)) {
            long[] counts = sites.computeIfAbsent(site, s -> new long[2]);
            counts[0]++;
            counts[1] += isUnseen(known) ? 0 : 1;
        }
    }

    /** From when on a key counts as gone, {@code null} if it does not: it was seen, or too few keys of its site were. */
    public @Nullable Long goneAt(Known known, String site) {
        return isThere(known) && isUnseen(known) && isAbout(site) && isCovered(site)
                ? (Long) departure.at(known.eventTime())
                : null;
    }

    private boolean isThere(Known known) {
        return known.isPresent() && known.firstSeen() < moment;
    }

    private boolean isUnseen(Known known) {
        return known.eventTime() < seenFrom;
    }

    private boolean isAbout(String site) {
        return only == null || only.equals(site);
    }

    private boolean isCovered(String site) {
        long[] counts = sites.getOrDefault(site, new long[2]);
        return BigDecimal.valueOf(counts[1]).compareTo(coverage.multiply(BigDecimal.valueOf(counts[0]))) >= 0;
    }
}
