package io.leat.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides which items are held, and when a second one is believed. Immutable. */
final class Holding {

    private final Plausibility plausibility;
    private final Differences differences;
    private final Averaging averaging;
    private final long confirmWithinMicros;

    Holding(Rules rules, Differences differences, Averaging averaging) {
        this.plausibility = new Plausibility(rules);
        this.differences = differences;
        this.averaging = averaging;
        this.confirmWithinMicros = Judgement.micros(rules.confirmWithin());
    }

    /**
     * Whether an item is plausible, or confirms a held one: it shows the same, later, and not too late.
     *
     * @param known what is known of the key and not forgotten, {@code null} if nothing
     */
    boolean isBelievable(@Nullable Known known, Item item) {
        if (plausibility.fields().isEmpty()) {
            return true;
        }
        List<Doubt> doubts = doubts(known, item);
        Held held = known == null ? null : known.held();
        return doubts.isEmpty()
                || (known != null
                        && held != null
                        && !held.rejected()
                        && item.eventTime() > known.eventTime()
                        && !isExpired(known, item)
                        && agrees(held, doubts));
    }

    /**
     * What is remembered of a key whose item is not believable.
     *
     * @param known what is known of the key, forgotten or not
     * @param living the same if it was not forgotten
     */
    Known hold(@Nullable Known known, @Nullable Known living, Item item) {
        Held held = living == null ? null : living.held();
        boolean isStillRejected = held != null && held.rejected() && agrees(held, doubts(living, item));
        Held now = new Held(item.compared().only(plausibility.fields()), isStillRejected);
        return Known.doubting(living, known == null ? null : known.floor(), item, now);
    }

    /**
     * What is said of held items beside a decision.
     *
     * @param before what was known of the key, forgotten or not
     * @param living the same if it was not forgotten
     */
    List<HeldNote> notes(@Nullable Known before, @Nullable Known living, Item item, Decision decision) {
        Known next = decision.next();
        if (plausibility.fields().isEmpty() || next == null) {
            return List.of();
        }
        if (item.ruling() == Ruling.RESET) {
            return before == null || before.held() == null
                    ? List.of()
                    : List.of(
                            new HeldNote(HeldNote.Status.REPLACED, item, before.eventTime(), before.tie(), List.of()));
        }
        if (item.ruling() != Ruling.NONE) {
            HeldNote.Status status =
                    item.ruling() == Ruling.RELEASE ? HeldNote.Status.RELEASED : HeldNote.Status.REJECTED;
            return List.of(new HeldNote(status, item, item.eventTime(), item.tie(), List.of()));
        }
        List<HeldNote> notes = new ArrayList<>();
        Held is = next.held();
        if (before != null && before.held() != null && !(before.held().rejected() && is != null && is.rejected())) {
            notes.add(new HeldNote(end(before, living, item, is), item, before.eventTime(), before.tie(), List.of()));
        }
        if (is != null && !is.rejected()) {
            notes.add(new HeldNote(HeldNote.Status.WAITING, item, item.eventTime(), item.tie(), doubts(living, item)));
        }
        return notes;
    }

    private HeldNote.Status end(Known before, @Nullable Known living, Item item, @Nullable Held is) {
        if (isExpired(before, item)) {
            return HeldNote.Status.EXPIRED;
        }
        boolean isConfirmed = is == null && !doubts(living, item).isEmpty();
        return isConfirmed ? HeldNote.Status.CONFIRMED : HeldNote.Status.REPLACED;
    }

    private List<Doubt> doubts(@Nullable Known known, Item item) {
        if (known == null || !known.isPresent()) {
            return plausibility.doubts(null, null, item.compared());
        }
        List<Doubt> doubts =
                plausibility.doubts(known.compared(), averaging.at(known, item.eventTime()), item.compared());
        return known.settling().isEmpty()
                ? doubts
                : doubts.stream().filter(doubt -> !isSettling(known, doubt)).toList();
    }

    /** What settles was believed: it was confirmed, and waits for nothing but its time. */
    private boolean isSettling(Known known, Doubt doubt) {
        Settling settling = known.settlingAt(doubt.path());
        return settling != null && differences.agree(doubt.path(), settling.value(), doubt.value());
    }

    private boolean isExpired(Known known, Item item) {
        return item.eventTime() - known.eventTime() > confirmWithinMicros;
    }

    private boolean agrees(Held held, List<Doubt> doubts) {
        return doubts.stream()
                .allMatch(doubt -> differences.agree(doubt.path(), held.values().at(doubt.path()), doubt.value()));
    }
}
