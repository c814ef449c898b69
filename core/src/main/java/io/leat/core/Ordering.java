package io.leat.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Puts the records of a key into the order of their event time, as far as their bound allows.
 *
 * <p>A record goes when the broker's clock is a bound past its arrival, which the next record of the key or of its raw
 * partition may show, or when it has waited a bound by the job's clock. All that are older go before it. The first rule
 * depends on the raw records alone: reading a backlog gives the order that reading live gave. The second is for
 * partitions that fall silent.
 */
public final class Ordering {

    /** A key that has more waiting lets its oldest go early. */
    public static final int MOST_WAITING = 256;

    private static final int MOST_PEAKS = 8;

    private final boolean measures;

    /**
     * @param measures whether to remember what {@link #gap} needs
     */
    public Ordering(boolean measures) {
        this.measures = measures;
    }

    /**
     * What happens next.
     *
     * @param next to be remembered
     * @param gone who goes now, oldest first
     * @param isLate whether the record came after a newer one had been let go: it is in neither of the others
     */
    public record Step(Waiting next, List<Item> gone, boolean isLate) {}

    /**
     * How long newer records would have had to wait for this one to be in order, milliseconds; 0 if it is.
     *
     * @param arrived when the broker took it, milliseconds since 1970
     */
    public static long gap(Waiting waiting, Item item, long arrived) {
        for (Waiting.Peak peak : waiting.peaks()) {
            if (peak.eventTime() > item.eventTime()) {
                return Math.max(0, arrived - peak.arrived()) + 1;
            }
        }
        return 0;
    }

    /**
     * A record arrives.
     *
     * @param arrived when the broker took it, milliseconds since 1970
     * @param now by the job's clock, milliseconds since 1970
     * @param bound how long records wait, milliseconds
     */
    public Step arrive(Waiting waiting, Item item, long arrived, long now, long bound) {
        Step step = letGo(waiting, entry -> entry.arrived() + bound <= arrived);
        Waiting left = step.next();
        Waiting.Entry entry = new Waiting.Entry(item, arrived, now + bound);
        List<Waiting.Peak> peaks = measures ? peaks(left.peaks(), entry) : List.of();
        if (item.eventTime() < left.gone()) {
            return new Step(new Waiting(left.gone(), left.entries(), peaks), step.gone(), true);
        }
        List<Waiting.Entry> entries = new ArrayList<>(left.entries());
        int place = entries.size();
        while (place > 0 && entry.isBefore(entries.get(place - 1))) {
            place--;
        }
        entries.add(place, entry);
        Waiting next = new Waiting(left.gone(), entries, peaks);
        Step own = letGo(next, bound == 0 ? entries.size() : Math.max(0, entries.size() - MOST_WAITING));
        List<Item> gone = new ArrayList<>(step.gone());
        gone.addAll(own.gone());
        return new Step(own.next(), gone, false);
    }

    /** Lets everybody go whose wait is over by the job's clock, and who is older than one of these. */
    public static Step expire(Waiting waiting, long now) {
        return letGo(waiting, entry -> entry.due() <= now);
    }

    /** Lets the one go whose scrape stands there, if it waits, and all that are older. */
    public static Step through(Waiting waiting, Position source) {
        return letGo(waiting, entry -> entry.item().source().equals(source));
    }

    /**
     * A person speaks of a scrape of the key. When they saw it, it had been let go; so it goes first, and all that are older.
     *
     * @param said the scrape once more
     */
    public static Step spokenOf(Waiting waiting, Item said) {
        return letGo(
                waiting,
                entry -> entry.item().eventTime() < said.eventTime()
                        || (entry.item().eventTime() == said.eventTime()
                                && entry.item().tie() <= said.tie()));
    }

    /**
     * The key is reset: its next record is not late, however old. What stood before the reset in its raw partition goes right
     * behind it.
     */
    public static Step reset(Waiting waiting, Position reset) {
        List<Item> gone = new ArrayList<>();
        List<Waiting.Entry> left = new ArrayList<>();
        for (Waiting.Entry entry : waiting.entries()) {
            Position source = entry.item().source();
            if (source.partition() == reset.partition() && source.offset() < reset.offset()) {
                gone.add(entry.item());
            } else {
                left.add(entry);
            }
        }
        return new Step(new Waiting(Long.MIN_VALUE, left, List.of()), gone, false);
    }

    /** Lets go up to the newest who may. */
    private static Step letGo(Waiting waiting, Predicate<Waiting.Entry> may) {
        int count = waiting.entries().size();
        while (count > 0 && !may.test(waiting.entries().get(count - 1))) {
            count--;
        }
        return letGo(waiting, count);
    }

    private static Step letGo(Waiting waiting, int count) {
        if (count == 0) {
            return new Step(waiting, List.of(), false);
        }
        List<Item> gone = waiting.entries().subList(0, count).stream()
                .map(Waiting.Entry::item)
                .toList();
        long newest = Math.max(waiting.gone(), gone.get(count - 1).eventTime());
        List<Waiting.Entry> left =
                waiting.entries().subList(count, waiting.entries().size());
        return new Step(new Waiting(newest, left, waiting.peaks()), gone, false);
    }

    private static List<Waiting.Peak> peaks(List<Waiting.Peak> before, Waiting.Entry entry) {
        if (!before.isEmpty()
                && before.get(before.size() - 1).eventTime() >= entry.item().eventTime()) {
            return before;
        }
        List<Waiting.Peak> peaks = new ArrayList<>(before);
        peaks.add(new Waiting.Peak(entry.arrived(), entry.item().eventTime()));
        return peaks.size() > MOST_PEAKS ? peaks.subList(1, peaks.size()) : peaks;
    }
}
