package io.leat.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a key: the fence, the values last told, the number of changes told, and what was seen since.
 *
 * <p>The fence is the pair (event time, tie) of the newest item accepted. Whatever is not above it is stale or a repeat.
 *
 * <p>Right after a change everything here follows from the change alone ({@link #told}). What is remembered beyond that is
 * a fold over later scrapes, which are read again after a crash; so it need not stand in the log. This needs that every
 * item that leaves a trace here moves the fence: then no item of before a change is judged again after it.
 *
 * @param eventTime microseconds since 1970; {@link Evidence#UNKNOWN} after a reset
 * @param tie orders items of one moment
 * @param seq how many changes of this key have been told; 0 if it is only remembered
 * @param compared the values last told, or remembered silently
 * @param firstSeen event time of the key's first item, {@link Evidence#UNKNOWN} if not known
 * @param unchanged how many newer items told nothing since the last change
 * @param settling new values of debounced fields that were not seen for long enough
 * @param gone whether it was told last that the key is gone; then no values are known
 * @param held what the newest item showed if that was implausible, else {@code null}
 * @param floor the last reset of the key, {@code null} if there was none; every later change says it too
 * @param averages the moving averages of what was told, {@code null} if the feed asks for none
 * @param footing by which rules the values were read
 */
public record Known(
        long eventTime,
        long tie,
        long seq,
        Compared compared,
        long firstSeen,
        long unchanged,
        List<Settling> settling,
        boolean gone,
        @Nullable Held held,
        @Nullable Floor floor,
        @Nullable Averages averages,
        Footing footing) {

    public Known {
        settling = List.copyOf(settling);
    }

    /** What is known where only the fence, the values and the number of changes are. */
    public Known(long eventTime, long tie, long seq, Compared compared) {
        this(eventTime, tie, seq, compared, Evidence.UNKNOWN, 0, List.of(), false, null, null);
    }

    /** What is known in a feed that asks for no averages. */
    public Known(
            long eventTime,
            long tie,
            long seq,
            Compared compared,
            long firstSeen,
            long unchanged,
            List<Settling> settling,
            boolean gone,
            @Nullable Held held,
            @Nullable Floor floor) {
        this(eventTime, tie, seq, compared, firstSeen, unchanged, settling, gone, held, floor, null);
    }

    /** What is known by rules that nobody wrote down. */
    public Known(
            long eventTime,
            long tie,
            long seq,
            Compared compared,
            long firstSeen,
            long unchanged,
            List<Settling> settling,
            boolean gone,
            @Nullable Held held,
            @Nullable Floor floor,
            @Nullable Averages averages) {
        this(
                eventTime,
                tie,
                seq,
                compared,
                firstSeen,
                unchanged,
                settling,
                gone,
                held,
                floor,
                averages,
                Footing.UNMARKED);
    }

    /**
     * What is known of a key right after a change, read by rules that nobody wrote down.
     *
     * @param before what was known of the key, {@code null} if nothing; only its last reset goes on to count, where the
     *     change was told by an earlier version, which did not say it
     */
    public static Known told(@Nullable Known before, Change change, Compared compared) {
        boolean isReset = change.op() == Op.RESET;
        boolean isGone = change.op() == Op.GONE || isReset;
        Floor floor = change.floor() != null || before == null ? change.floor() : before.floor;
        Compared average = change.evidence().average();
        return new Known(
                isReset ? Evidence.UNKNOWN : change.eventTime(),
                isReset ? Long.MIN_VALUE : change.tie(),
                change.seq(),
                isGone ? Compared.NOTHING : compared,
                change.evidence().firstSeen(),
                0,
                List.of(),
                isGone,
                null,
                floor,
                average == null ? null : new Averages(change.eventTime(), average));
    }

    /** Whether (event time, tie) lies above the fence. */
    public boolean isBelow(long otherEventTime, long otherTie) {
        return otherEventTime > eventTime || (otherEventTime == eventTime && otherTie > tie);
    }

    /** Whether a scrape stands before the key's last reset; the id is that of the topic it stands in. */
    boolean isReset(Position source, String readId) {
        return floor != null && floor.isAbove(source, readId);
    }

    /** Whether nothing of the key has been believed yet. */
    public boolean isBlank() {
        return seq == 0 && firstSeen == Evidence.UNKNOWN;
    }

    /** Whether the key is there as far as anybody was told. */
    public boolean isPresent() {
        return !gone && !isBlank();
    }

    /** Whether its values were told, and there is nothing else to mind: nothing held, settling or reset. */
    public boolean isSettled() {
        return isPresent() && held == null && floor == null && settling.isEmpty();
    }

    /** After a newer item that is believed and told nothing. */
    Known seen(Item item, Compared values, List<Settling> nowSettling) {
        return new Known(
                item.eventTime(),
                item.tie(),
                seq,
                values,
                firstSeen,
                unchanged + 1,
                nowSettling,
                false,
                null,
                floor,
                averages,
                footing);
    }

    /**
     * After a newer item that is not believed.
     *
     * @param before what was known and not forgotten, {@code null} if nothing
     * @param lastFloor the last reset of the key
     */
    static Known doubting(@Nullable Known before, @Nullable Floor lastFloor, Item item, Held held) {
        return before == null
                ? new Known(
                        item.eventTime(),
                        item.tie(),
                        0,
                        Compared.NOTHING,
                        Evidence.UNKNOWN,
                        1,
                        List.of(),
                        false,
                        held,
                        lastFloor)
                : new Known(
                        item.eventTime(),
                        item.tie(),
                        before.seq,
                        before.compared,
                        before.firstSeen,
                        before.unchanged + 1,
                        before.settling,
                        before.gone,
                        held,
                        before.floor,
                        before.averages,
                        before.footing);
    }

    /** The same with nothing held. */
    Known doubtingNothing() {
        return new Known(
                eventTime, tie, seq, compared, firstSeen, unchanged, settling, gone, null, floor, averages, footing);
    }

    /** The same once a person has rejected what is held. */
    Known rejecting(Held rejected) {
        return new Known(
                eventTime, tie, seq, compared, firstSeen, unchanged, settling, gone, rejected, floor, averages,
                footing);
    }

    /** The same with another fence and another count of what told nothing. */
    public Known seenAt(long newEventTime, long newTie, long newUnchanged) {
        return new Known(
                newEventTime,
                newTie,
                seq,
                compared,
                firstSeen,
                newUnchanged,
                settling,
                gone,
                held,
                floor,
                averages,
                footing);
    }

    /** The same values by the rules of another footing; the same object if they stand on these. */
    public Known on(Footing other) {
        return other.sameness() == footing.sameness() ? this : on(other, compared);
    }

    /** The same with other values, which stand on something else. */
    public Known on(Footing otherFooting, Compared values) {
        return new Known(
                eventTime, tie, seq, values, firstSeen, unchanged, settling, gone, held, floor, averages, otherFooting);
    }

    /** Whether another differs in nothing but the fence and the count of what told nothing. */
    public boolean differsInCountAlone(Known other) {
        return seenAt(other.eventTime, other.tie, other.unchanged).equals(other);
    }

    @Nullable
    Settling settlingAt(String path) {
        for (Settling each : settling) {
            if (each.path().equals(path)) {
                return each;
            }
        }
        return null;
    }
}
