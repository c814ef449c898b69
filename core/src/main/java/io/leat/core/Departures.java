package io.leat.core;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides when to look for keys that stopped appearing.
 *
 * <p>Surveys come at fixed moments of event time, and a little after the end of each crawl that was marked; whoever keeps the
 * keys makes them, driven by the event times of the records it reads. What a survey finds depends on all keys read so far,
 * so with several raw partitions it may differ after a crash; what has been told stays told, and no chain is broken. Used
 * by one thread.
 */
public final class Departures {

    private static final int SURVEYS_PER_SPAN = 8;
    /** So that the scrapes of a crawl that lie in other partitions have been read. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final long afterMicros;
    private final BigDecimal coverage;
    private final Set<CrawlEnded> ends = new LinkedHashSet<>();
    private long clock = Evidence.UNKNOWN;

    public Departures(Rules.Gone rule) {
        Duration after = rule.after();
        this.afterMicros = after == null ? Long.MAX_VALUE : Judgement.micros(after);
        this.coverage = rule.coverage();
    }

    /**
     * Goes on from what was kept, in parts.
     *
     * @param part what the clock of one part showed
     * @param open its {@link #open} crawls
     */
    public void restore(long part, Collection<CrawlEnded> open) {
        clock = Math.max(clock, part);
        ends.addAll(open);
    }

    /** The newest event time so far, {@link Evidence#UNKNOWN} before the first; microseconds since 1970. */
    public long clock() {
        return clock;
    }

    /** Crawls whose end was marked and does not count yet. */
    public List<CrawlEnded> open() {
        return List.copyOf(ends);
    }

    /** A scraper says that a crawl has ended. */
    public void crawlEnded(CrawlEnded end) {
        ends.add(end);
    }

    /** The clock goes on to a record that is not decided yet; the surveys that are due by then, in their order. */
    public List<Survey> advance(long eventTime) {
        List<Survey> due = new ArrayList<>();
        if (eventTime <= clock) {
            return due;
        }
        long moment = momentBy(eventTime);
        clock = eventTime;
        if (moment != Evidence.UNKNOWN) {
            due.add(new Survey(null, moment - afterMicros + 1, coverage, lastSeen -> lastSeen + afterMicros));
        }
        Iterator<CrawlEnded> each = ends.iterator();
        while (each.hasNext()) {
            CrawlEnded end = each.next();
            if (clock >= end.ended() + Judgement.micros(GRACE)) {
                each.remove();
                due.add(new Survey(end.site(), end.started(), coverage, lastSeen -> end.ended()));
            }
        }
        return due;
    }

    /** The last fixed moment that the clock passes, {@link Evidence#UNKNOWN} if it passes none. */
    private long momentBy(long eventTime) {
        if (afterMicros == Long.MAX_VALUE || clock == Evidence.UNKNOWN) {
            return Evidence.UNKNOWN;
        }
        long step = Math.max(1, afterMicros / SURVEYS_PER_SPAN);
        long moment = Math.floorDiv(eventTime, step) * step;
        return moment > clock ? moment : Evidence.UNKNOWN;
    }
}
