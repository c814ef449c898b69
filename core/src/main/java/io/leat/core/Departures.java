package io.leat.core;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides when to look for keys that stopped appearing, and which items have to wait for it.
 *
 * <p>Surveys come at fixed moments of event time, those in whose span an item was seen, and a little after the end of each
 * crawl that was marked. One is due once event time has come to it: then all that is older has been decided. Items that are
 * ahead of it need not wait for it, unless it could find their key gone. Used by one thread. Times in microseconds since
 * 1970.
 */
public final class Departures {

    private static final int SURVEYS_PER_SPAN = 8;
    /** So that the scrapes of a crawl that lie in other partitions have been read. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private static final long MILLI = 1_000;

    private final long afterMicros;
    private final long stepMicros;
    private final long expireAfterMicros;
    private final BigDecimal coverage;
    private final Set<CrawlEnded> ends = new LinkedHashSet<>();
    private final TreeSet<Long> moments = new TreeSet<>();
    private long clock = Evidence.UNKNOWN;
    /** That of the last item. */
    private long seenMoment = Long.MAX_VALUE;

    /**
     * @param rule when keys count as gone
     * @param expireAfter a key that was not seen for longer is forgotten; {@code null} for never
     */
    public Departures(Rules.Gone rule, @Nullable Duration expireAfter) {
        Duration after = rule.after();
        this.afterMicros = after == null ? Long.MAX_VALUE : Judgement.micros(after);
        this.stepMicros = after == null ? Long.MAX_VALUE : Math.max(1, after.toMillis() / SURVEYS_PER_SPAN) * MILLI;
        this.expireAfterMicros = expireAfter == null ? Long.MAX_VALUE : Judgement.micros(expireAfter);
        this.coverage = rule.coverage();
    }

    /**
     * Goes on from what was kept, in parts.
     *
     * @param part what the clock of one part showed
     * @param seen its {@link #moments}
     * @param open its {@link #open} crawls
     */
    public void restore(long part, Collection<Long> seen, Collection<CrawlEnded> open) {
        clock = Math.max(clock, part);
        moments.addAll(seen);
        ends.addAll(open);
    }

    /** How far event time has come, {@link Evidence#UNKNOWN} at first. */
    public long clock() {
        return clock;
    }

    /** The fixed moments that items were seen in and event time has not come to. */
    public Collection<Long> moments() {
        return List.copyOf(moments);
    }

    /** How many {@link #moments} there are. */
    public int pendingMoments() {
        return moments.size();
    }

    /** Crawls whose end was marked and does not count yet. */
    public List<CrawlEnded> open() {
        return List.copyOf(ends);
    }

    /** A scraper says that a crawl has ended. */
    public void crawlEnded(CrawlEnded end) {
        saw(end.ended());
        ends.add(end);
    }

    /** An item of this time was seen. */
    public void saw(long eventTime) {
        boolean isKnown = eventTime >= seenMoment && eventTime - seenMoment < stepMicros;
        if (stepMicros != Long.MAX_VALUE && !isKnown) {
            seenMoment = momentOf(eventTime);
            if (seenMoment > clock) {
                moments.add(seenMoment);
            }
        }
    }

    private long momentOf(long eventTime) {
        return Math.floorDiv(eventTime, stepMicros) * stepMicros;
    }

    /** Whether a survey may be due between now and an item, which some items then have to wait for. */
    public boolean isAhead(long eventTime) {
        return eventTime > clock
                && (!ends.isEmpty() || (stepMicros != Long.MAX_VALUE && momentOf(eventTime) > clock));
    }

    /**
     * Up to when event time must have come before an item that {@link #isAhead} may be decided; {@link Evidence#UNKNOWN} if
     * it need not wait.
     *
     * @param known what is known of its key, {@code null} if nothing
     */
    public long waitsFor(@Nullable Known known, long eventTime) {
        if (known == null || known.isBlank()) {
            return Evidence.UNKNOWN;
        }
        long until = Evidence.UNKNOWN;
        long seenFrom = Long.MIN_VALUE;
        if (stepMicros != Long.MAX_VALUE && momentOf(eventTime) > clock) {
            until = momentOf(eventTime);
            seenFrom = seenFrom(until);
        }
        for (CrawlEnded end : ends) {
            if (due(end) <= eventTime && due(end) > clock) {
                until = Math.max(until, due(end));
                seenFrom = Math.max(seenFrom, end.started());
            }
        }
        boolean mayBeMissed = known.gone()
                || known.eventTime() < seenFrom
                || eventTime - known.eventTime() > expireAfterMicros;
        return mayBeMissed ? until : Evidence.UNKNOWN;
    }

    /**
     * Event time goes on, as far as the next survey.
     *
     * @param time up to when everything has come
     * @return what is due first by then, {@code null} if nothing is
     */
    public @Nullable Survey advance(long time) {
        long whole = time == Long.MAX_VALUE ? time : Math.floorDiv(time, MILLI) * MILLI;
        Long moment = moments.isEmpty() || moments.first() > whole ? null : moments.first();
        CrawlEnded end = firstEnd(moment == null ? whole : moment - 1);
        if (end != null) {
            ends.remove(end);
            clock = Math.max(clock, due(end));
            return new Survey(end.site(), due(end), end.started(), coverage, lastSeen -> end.ended());
        }
        if (moment != null) {
            moments.remove(moment);
            clock = Math.max(clock, moment);
            return new Survey(null, moment, seenFrom(moment), coverage, lastSeen -> lastSeen + afterMicros);
        }
        clock = whole == Long.MAX_VALUE ? clock : Math.max(clock, whole);
        return null;
    }

    private @Nullable CrawlEnded firstEnd(long time) {
        CrawlEnded first = null;
        for (CrawlEnded end : ends) {
            if (due(end) <= time && (first == null || due(end) < due(first))) {
                first = end;
            }
        }
        return first;
    }

    /** In whole milliseconds, as event time is known. */
    private static long due(CrawlEnded end) {
        return -Math.floorDiv(-(end.ended() + Judgement.micros(GRACE)), MILLI) * MILLI;
    }

    /** Who was seen exactly so long ago is still there: its next scrape may be the one that comes at this moment. */
    private long seenFrom(long moment) {
        return moment - afterMicros;
    }
}
