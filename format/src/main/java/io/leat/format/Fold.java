package io.leat.format;

import io.leat.core.Change;
import io.leat.core.Changes;
import io.leat.core.Decision;
import io.leat.core.Departures;
import io.leat.core.Feed;
import io.leat.core.HeldNote;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Order;
import io.leat.core.Ordering;
import io.leat.core.Position;
import io.leat.core.Refusal;
import io.leat.core.Rules;
import io.leat.core.Ruling;
import io.leat.core.Sameness;
import io.leat.core.Survey;
import io.leat.core.Tally;
import io.leat.core.Verdict;
import java.util.List;
import java.util.Map;
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
    private final @Nullable WaitingLine line;
    private final Order.Late late;
    private final Outcome outcome;
    private final Map<String, Known> known = new TreeMap<>();
    private final Sameness sameness;
    /** Of what a fold under another feed file knew; {@code null} if there is nothing such. */
    private @Nullable Rereader rereader;

    private Tally tally = Tally.ZERO;
    private long tied;

    /** A fold in which nothing waits: whatever comes is decided at once. */
    public Fold(Feed feed, Outcome outcome) {
        this(feed, Order.DEFAULT, outcome);
    }

    private Fold(Feed feed, Order order, Outcome outcome) {
        this(feed, order, "", feed.rules().gone(), outcome);
    }

    private Fold(Feed feed, Order order, String rawTopicId, Rules.@Nullable Gone gone, Outcome outcome) {
        this.reader = new ScrapeReader(feed);
        this.sameness = Sameness.of(feed);
        this.changes = new Changes(feed, rawTopicId, sameness.fingerprint());
        this.departures =
                gone == null ? null : new Departures(gone, feed.rules().expireAfter());
        this.sites = gone == null ? null : new Sites(gone);
        this.line = order.isAsked() ? new WaitingLine(order.bound()) : null;
        this.late = order.late();
        this.outcome = outcome;
    }

    /** A fold in which items wait for older ones of their key as the feed asks, by the broker's clock. */
    public static Fold inOrder(Feed feed, Outcome outcome) {
        return new Fold(feed, feed.time().order(), outcome);
    }

    /** Goes on with what a fold under another file of the feed knows, as a job does that is started again with this one. */
    public Fold goOn(Fold former) {
        known.putAll(former.known);
        rereader = new Rereader(former.sameness, sameness);
        return this;
    }

    /**
     * A fold of some keys of a feed, in order. Nothing of it is told as gone, because that depends on all keys of a site: see
     * {@link #know}.
     *
     * @param rawTopicId of the topic the scrapes stand in; empty if not known
     */
    static Fold ofSomeKeys(Feed feed, String rawTopicId, Outcome outcome) {
        return new Fold(feed, feed.time().order(), rawTopicId, null, outcome);
    }

    /** From here on this is what is known of a key, whatever was decided. */
    void know(String key, Known now) {
        known.put(key, now);
    }

    /** What is known of a key, {@code null} if nothing. */
    @Nullable
    Known known(String key) {
        return known.get(key);
    }

    /** Takes what comes out. */
    public interface Outcome {

        void told(Change change);

        /** What happens to a held scrape; nothing unless overridden. */
        default void noted(HeldNote note) {}

        /** Why a scrape is no item; nothing unless overridden. */
        default void refused(Refusal refusal) {}

        /** An item that is put aside because it is late; nothing unless overridden. */
        default void late(Item item) {}

        /** An item that is counted as late and kept nowhere; nothing unless overridden. */
        default void dropped(Item item) {}

        /**
         * An item was decided; nothing unless overridden.
         *
         * @param before what was known of its key, {@code null} if nothing
         * @param notes what is said of held items
         */
        default void decided(@Nullable Known before, Item item, Decision decision, List<HeldNote> notes) {}
    }

    /**
     * Decides a record of the raw topic.
     *
     * @param value its bytes, {@code null} for a record without a value
     * @param brokerTimeMillis when the broker took it, milliseconds since 1970
     * @param ruling what a person says of the scrape with these bytes; {@link Ruling#NONE} for the scrape itself
     */
    public void take(byte @Nullable [] value, long brokerTimeMillis, Position position, Ruling ruling) {
        if (ruling == Ruling.INPUT_ENDED) {
            if (line != null) {
                line.ended(position.partition()).forEach(this::decide);
            }
            return;
        }
        if (ruling == Ruling.RESET) {
            Item reset = ResetReader.read(value, brokerTimeMillis, position);
            if (reset != null) {
                reset(reset);
            }
            return;
        }
        Verdict verdict = reader.read(value, brokerTimeMillis, position);
        if (verdict instanceof Verdict.Kept kept) {
            take(kept.item().with(ruling), brokerTimeMillis);
        } else if (verdict instanceof Verdict.Refused refused && ruling == Ruling.NONE) {
            outcome.refused(refused.refusal());
            tally = tally.plus(new Tally(1, 0, 0, 0, 1));
        } else if (verdict instanceof Verdict.Ended ended && departures != null && ruling == Ruling.NONE) {
            advance(ended.end().ended(), position);
            departures.crawlEnded(ended.end());
        }
    }

    /** Nothing more comes: who waits goes. */
    public void end() {
        if (line != null) {
            line.letGo().forEach(this::decide);
        }
    }

    /** Where the scrapes went so far; those that wait are in flight. */
    public Tally tally() {
        return line == null ? tally : tally.plus(new Tally(line.length(), 0, 0, 0, 0));
    }

    /** How many of the stale ones are tied, see {@link Changes#isTied}. */
    public long tied() {
        return tied;
    }

    private void reset(Item reset) {
        decide(reset);
        if (line != null) {
            line.reset(reset).forEach(this::decide);
        }
    }

    private void take(Item item, long brokerTimeMillis) {
        if (line == null) {
            decide(item);
            return;
        }
        if (item.ruling() != Ruling.NONE) {
            line.spokenOf(item).forEach(this::decide);
            decide(item);
            return;
        }
        Ordering.Step step = line.arrive(item, brokerTimeMillis);
        step.gone().forEach(this::decide);
        if (step.isLate()) {
            late(item);
        }
        line.due(item.source().partition()).forEach(this::decide);
    }

    private void late(Item item) {
        if (late == Order.Late.TELL) {
            decide(item);
            return;
        }
        tally = tally.plus(new Tally(1, 0, 0, 0, 0, 1));
        if (late == Order.Late.DEAD_LETTER) {
            outcome.late(item);
        } else {
            outcome.dropped(item);
        }
    }

    private void decide(Item item) {
        if (item.ruling() != Ruling.RESET) {
            advance(item.eventTime(), item.source());
        }
        Known before = reread(known.get(item.key()), item);
        Decision decision = changes.decide(before, item);
        List<HeldNote> notes = changes.notes(before, item, decision);
        notes.forEach(outcome::noted);
        if (decision instanceof Decision.Told told) {
            outcome.told(told.change());
        }
        Known next = decision.next();
        if (next != null) {
            known.put(item.key(), next);
        }
        outcome.decided(before, item, decision, notes);
        if (item.ruling() == Ruling.NONE) {
            tally = tally.plus(Tally.of(decision));
            tied += decision instanceof Decision.Stale && changes.isTied(before, item) ? 1 : 0;
        }
    }

    private @Nullable Known reread(@Nullable Known before, Item item) {
        return rereader == null || before == null ? before : rereader.reread(before, item);
    }

    private void advance(long eventTime, Position source) {
        if (departures == null || sites == null) {
            return;
        }
        Sites site = sites;
        departures.saw(eventTime);
        for (Survey due = departures.advance(eventTime); due != null; due = departures.advance(eventTime)) {
            Survey survey = due;
            known.forEach((key, each) -> survey.count(each, site.of(key)));
            known.replaceAll((key, each) -> {
                Long at = survey.goneAt(each, site.of(key));
                Decision.Told told = at == null ? null : changes.gone(each, key, at, source);
                if (told == null) {
                    return each;
                }
                Changes.Ended ended = Changes.end(each, key, source);
                if (ended != null) {
                    outcome.noted(ended.note());
                }
                outcome.told(told.change());
                return told.next();
            });
        }
    }
}
