package io.leat.format;

import io.leat.core.Change;
import io.leat.core.Compared;
import io.leat.core.Decision;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Op;
import io.leat.core.Position;
import io.leat.core.Rules;
import io.leat.core.Ruling;
import io.leat.core.Verdict;
import io.leat.format.TracedRecord.Agreement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One key of a {@link Tracing}: what became of its records, and what is known between them. For one thread. */
final class KeyTracing {

    private final String key;
    private final Tracing.Kept kept;
    private final Fold fold;
    private final ScrapeReader reader;
    private final ToldReader toldReader;
    private final KeyLog log = new KeyLog();
    private final Map<Position, Arrived> open = new LinkedHashMap<>();
    private final List<TracedRecord> records = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private @Nullable LoggedChange base;
    private boolean isPastKnown = true;
    private boolean isUnknowable;

    /** A record without a fate; with its item if it waits. */
    private record Arrived(long appendedMillis, Ruling ruling, @Nullable Item item) {}

    KeyTracing(String key, Tracing.Kept kept, Fold fold, ScrapeReader reader, ToldReader toldReader) {
        this.key = key;
        this.kept = kept;
        this.fold = fold;
        this.reader = reader;
        this.toldReader = toldReader;
    }

    void logged(LoggedChange change) {
        log.add(change);
    }

    /**
     * The log has been told: begins with what it says of before the first record.
     *
     * @return where the occasions stand at which the key was told as gone
     */
    List<Position> begin(Tracing.Origin origin, Rules.FirstSeen firstSeen) {
        base = log.base(origin);
        isPastKnown = !origin.isIncomplete();
        if (base != null) {
            goOnFrom(null, base.change());
        } else {
            isUnknowable = !isPastKnown && (log.goesOn() || firstSeen == Rules.FirstSeen.SEED);
        }
        return log.occasions();
    }

    /**
     * A record of the key comes.
     *
     * @return whether it is to be decided: not if that cannot be known
     */
    boolean arrives(byte @Nullable [] value, Position at, long appendedMillis, Ruling ruling) {
        log.goneBefore(at).forEach(gone -> gone(gone, appendedMillis));
        open.put(at, new Arrived(appendedMillis, ruling, null));
        if (!isUnknowable || !(reader.read(value, appendedMillis, at) instanceof Verdict.Kept read)) {
            return true;
        }
        LoggedChange logged = log.match(read.item());
        met(at, new Fate.Unknowable(read.item()), logged, Agreement.AGREES);
        if (logged != null) {
            isUnknowable = false;
            goOnFrom(null, logged.change());
        }
        return false;
    }

    /** The record was taken. Without a fate it waits, or speaks of something that is not there. */
    void taken(byte @Nullable [] value, Position at) {
        Arrived arrived = open.remove(at);
        if (arrived != null && reader.read(value, arrived.appendedMillis(), at) instanceof Verdict.Kept read) {
            open.put(at, new Arrived(arrived.appendedMillis(), arrived.ruling(), read.item()));
        }
    }

    /** A record that is the occasion to tell the key as gone. */
    void occasion(Position at, long appendedMillis) {
        log.goneAt(at).forEach(gone -> gone(gone, appendedMillis));
    }

    private void gone(LoggedChange logged, long appendedMillis) {
        isUnknowable = false;
        Known before = fold.known(key);
        add(new TracedRecord(
                logged.change().source(),
                appendedMillis,
                Ruling.NONE,
                new Fate.Gone(before, logged.change()),
                logged,
                Agreement.AGREES));
        goOnFrom(before, logged.change());
    }

    /** An item was decided: what is known goes on from there, or from what the log says instead. */
    void decided(Fate.Decided decided) {
        Position at = decided.item().source();
        Known before = decided.before();
        Known next = fold.known(key);
        LoggedChange logged = log.match(decided.item());
        Change told = decided.decision() instanceof Decision.Told change ? change.change() : null;
        Agreement agreement = agreement(told, logged);
        met(at, decided, logged, agreement);
        if (agreement != Agreement.DIFFERS) {
            return;
        }
        if (logged != null) {
            goOnFrom(before, logged.change());
        } else if (next != null && before != null) {
            fold.know(key, before.seenAt(next.eventTime(), next.tie(), before.unchanged() + 1));
        }
    }

    private Agreement agreement(@Nullable Change told, @Nullable LoggedChange logged) {
        if (logged == null) {
            return told == null ? Agreement.AGREES : log.withoutMatch(told);
        }
        boolean isSame = told != null
                && told.id().equals(logged.change().id())
                && told.seq() == logged.change().seq();
        return isSame ? Agreement.AGREES : Agreement.DIFFERS;
    }

    /** A record met its fate without being decided. */
    void met(Position at, Fate fate) {
        met(at, fate, null, Agreement.AGREES);
    }

    private void met(Position at, Fate fate, @Nullable LoggedChange logged, Agreement agreement) {
        Arrived arrived = open.remove(at);
        if (arrived != null) {
            add(new TracedRecord(at, arrived.appendedMillis(), arrived.ruling(), fate, logged, agreement));
        }
    }

    private void goOnFrom(@Nullable Known before, Change change) {
        boolean isWithoutValues = change.op() == Op.GONE || change.op() == Op.RESET;
        Compared values = isWithoutValues ? Compared.NOTHING : toldReader.compared(change.after());
        fold.know(key, Known.told(before, change, values));
    }

    private void add(TracedRecord traced) {
        if (traced.ruling() == Ruling.NONE && !(traced.fate() instanceof Fate.Gone)) {
            counts.merge(traced.fate().word(), 1L, Long::sum);
        }
        if (isWanted(traced.position())) {
            records.add(traced);
        }
        if (records.size() > 2L * kept.last()) {
            records.subList(0, records.size() - kept.last()).clear();
        }
    }

    private boolean isWanted(Position at) {
        return kept.only() == null || kept.only().equals(at);
    }

    /** What has become of all records by now. */
    KeyTrace trace() {
        List<TracedRecord> all = new ArrayList<>(records);
        Map<String, Long> counted = new TreeMap<>(counts);
        open.forEach((at, arrived) -> {
            if (arrived.item() != null) {
                Fate waits = new Fate.Waits(arrived.item());
                counted.merge(waits.word(), 1L, Long::sum);
                if (isWanted(at)) {
                    all.add(new TracedRecord(
                            at, arrived.appendedMillis(), arrived.ruling(), waits, null, Agreement.AGREES));
                }
            }
        });
        return new KeyTrace(
                key, base, isPastKnown, counted, all.subList(Math.max(0, all.size() - kept.last()), all.size()));
    }
}
