package io.leat.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides which items are held, and when a second one is believed. Immutable.
 *
 * <p>A key has at most one held item, the newest. Being held does not move the fence: what is older than the held item and
 * plausible is still told.
 */
final class Holding {

    private final Plausibility plausibility;
    private final Differences differences;
    private final long confirmWithinMicros;

    Holding(Rules rules, Differences differences) {
        this.plausibility = new Plausibility(rules);
        this.differences = differences;
        this.confirmWithinMicros = Judgement.micros(rules.confirmWithin());
    }

    /**
     * Whether an item is plausible, or confirms a held one: it shows the same, later, and not too late.
     *
     * @param values what is known of the key and still counts, {@code null} if nothing
     */
    boolean isBelievable(@Nullable Known values, @Nullable Held held, Item item) {
        if (plausibility.fields().isEmpty()) {
            return true;
        }
        List<Doubt> doubts = doubts(values, item);
        return doubts.isEmpty()
                || (held != null
                        && !held.rejected()
                        && item.eventTime() > held.eventTime()
                        && !isExpired(held, item)
                        && agrees(held, doubts));
    }

    /** Holds an item that is not believable. */
    Decision hold(@Nullable Known known, @Nullable Known values, Item item) {
        Held held = known == null ? null : known.held();
        if (held != null && !held.isBelow(item.eventTime(), item.tie())) {
            return new Decision.Stale();
        }
        boolean isStillRejected = held != null && held.rejected() && agrees(held, doubts(values, item));
        return onHold(known, item, isStillRejected);
    }

    /** Does what a person said, even if the item itself was not seen yet. */
    Decision reject(@Nullable Known known, Item item) {
        Held held = known == null ? null : known.held();
        return held != null && held.isBelow(item.eventTime(), item.tie()) || held == null || isSame(held, item)
                ? onHold(known, item, true)
                : new Decision.Stale();
    }

    /** What is said of held items beside a decision. */
    List<HeldNote> notes(@Nullable Known known, @Nullable Known values, Item item, Decision decision) {
        Known next = decision.next();
        if (plausibility.fields().isEmpty() || next == null) {
            return List.of();
        }
        if (item.ruling() != Ruling.NONE) {
            HeldNote.Status status =
                    item.ruling() == Ruling.RELEASE ? HeldNote.Status.RELEASED : HeldNote.Status.REJECTED;
            return List.of(new HeldNote(status, item, item.eventTime(), item.tie(), List.of()));
        }
        Held was = known == null ? null : known.held();
        Held is = next.held();
        if (Objects.equals(was, is) || (was != null && is != null && was.rejected() && is.rejected())) {
            return List.of();
        }
        List<Doubt> doubts = doubts(values, item);
        List<HeldNote> notes = new ArrayList<>();
        if (was != null) {
            boolean isConfirmed = !doubts.isEmpty() && is == null;
            notes.add(new HeldNote(
                    isConfirmed
                            ? HeldNote.Status.CONFIRMED
                            : isExpired(was, item) ? HeldNote.Status.EXPIRED : HeldNote.Status.REPLACED,
                    item,
                    was.eventTime(),
                    was.tie(),
                    List.of()));
        }
        if (is != null) {
            notes.add(new HeldNote(HeldNote.Status.WAITING, item, is.eventTime(), is.tie(), doubts));
        }
        return notes;
    }

    private List<Doubt> doubts(@Nullable Known values, Item item) {
        return plausibility.doubts(values == null ? null : values.compared(), item.compared());
    }

    private boolean isExpired(Held held, Item item) {
        return item.eventTime() - held.eventTime() > confirmWithinMicros;
    }

    private boolean agrees(Held held, List<Doubt> doubts) {
        return doubts.stream()
                .allMatch(doubt -> differences.agree(doubt.path(), held.values().at(doubt.path()), doubt.value()));
    }

    private Decision onHold(@Nullable Known known, Item item, boolean rejected) {
        Held held = new Held(item.eventTime(), item.tie(), item.compared().only(plausibility.fields()), rejected);
        return new Decision.OnHold(known == null ? Known.onlyHeld(held) : known.holding(held));
    }

    private static boolean isSame(Held held, Item item) {
        return held.eventTime() == item.eventTime() && held.tie() == item.tie();
    }
}
