package io.leat.format;

import io.leat.core.Change;
import io.leat.core.Changes;
import io.leat.core.CrawlEnded;
import io.leat.core.Decision;
import io.leat.core.Departures;
import io.leat.core.Evidence;
import io.leat.core.Feed;
import io.leat.core.HeldNote;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Position;
import io.leat.core.Refusal;
import io.leat.core.Rules;
import io.leat.core.Ruling;
import io.leat.core.Tally;
import io.leat.core.Verdict;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides scrapes one after the other, in memory: what the job does with them in this order, without a job. Remembers every
 * key. Not safe for use by several threads at once.
 */
public final class Fold {

    private final ScrapeReader reader;
    private final Changes changes;
    private final @Nullable Departures departures;
    private final @Nullable Sites sites;
    private final Outcome outcome;
    private final Map<String, Known> known = new TreeMap<>();
    private final Set<CrawlEnded> ends = new LinkedHashSet<>();
    private long clock = Evidence.UNKNOWN;
    private Tally tally = Tally.ZERO;

    public Fold(Feed feed, Outcome outcome) {
        Rules.Gone gone = feed.rules().gone();
        this.reader = new ScrapeReader(feed);
        this.changes = new Changes(feed);
        this.departures = gone == null ? null : new Departures(gone);
        this.sites = gone == null ? null : new Sites(feed, gone);
        this.outcome = outcome;
    }

    /** Takes what comes out. */
    public interface Outcome {

        void told(Change change);

        /** What happens to a held scrape; nothing unless overridden. */
        default void noted(HeldNote note) {}

        /** Why a scrape is no item; nothing unless overridden. */
        default void refused(Refusal refusal) {}
    }

    /**
     * Decides a record of the raw topic.
     *
     * @param value its bytes
     * @param brokerTimeMillis when the broker took it, milliseconds since 1970
     * @param ruling what a person says of the scrape with these bytes; {@link Ruling#NONE} for the scrape itself
     */
    public void take(byte[] value, long brokerTimeMillis, Position position, Ruling ruling) {
        CrawlEnded end = sites == null ? null : sites.crawlEnded(value);
        if (end != null) {
            advance(end.ended(), position);
            ends.add(end);
            return;
        }
        if (ruling == Ruling.RESET) {
            Item reset = reader.reset(value, brokerTimeMillis, position);
            if (reset != null) {
                decide(reset);
            }
            return;
        }
        Verdict verdict = reader.read(value, brokerTimeMillis, position);
        if (verdict instanceof Verdict.Kept kept) {
            decide(kept.item().with(ruling));
        } else if (verdict instanceof Verdict.Refused refused && ruling == Ruling.NONE) {
            outcome.refused(refused.refusal());
            tally = tally.plus(new Tally(1, 0, 0, 0, 1));
        }
    }

    /** Where the scrapes went so far. */
    public Tally tally() {
        return tally;
    }

    private void decide(Item item) {
        if (item.ruling() != Ruling.RESET) {
            advance(item.eventTime(), item.source());
        }
        Known before = known.get(item.key());
        Decision decision = changes.decide(before, item);
        changes.notes(before, item, decision).forEach(outcome::noted);
        if (decision instanceof Decision.Told told) {
            outcome.told(told.change());
        }
        Known next = decision.next();
        if (next != null) {
            known.put(item.key(), next);
        }
        if (item.ruling() == Ruling.NONE) {
            tally = tally.plus(Tally.of(decision));
        }
    }

    private void advance(long eventTime, Position source) {
        if (departures == null || sites == null || eventTime <= clock) {
            return;
        }
        Departures survey = departures;
        Sites site = sites;
        long moment = survey.dueAt(clock, eventTime);
        clock = eventTime;
        if (moment != Evidence.UNKNOWN) {
            survey.begin(moment);
            known.forEach((key, each) -> survey.count(each, site.of(key)));
            tell((key, each) -> survey.goneAt(each, site.of(key)), source);
        }
        for (CrawlEnded end : List.copyOf(ends)) {
            if (clock >= Departures.crawlCountsAt(end.ended())) {
                ends.remove(end);
                tell((key, each) -> end.goneAt(each, site.of(key)), source);
            }
        }
    }

    private interface Verdicts {
        @Nullable
        Long goneAt(String key, Known known);
    }

    private void tell(Verdicts verdicts, Position source) {
        known.replaceAll((key, each) -> {
            Long at = verdicts.goneAt(key, each);
            Decision.Told told = at == null ? null : changes.gone(each, key, at, source);
            if (told == null) {
                return each;
            }
            outcome.told(told.change());
            return told.next();
        });
    }
}
