package io.leat.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says why {@link Changes} decided as it did, from the same rules. It decides nothing: it is given the decision. Immutable.
 */
public final class Explaining {

    private final String rawTopicId;
    private final Differences differences;
    private final long expireAfterMicros;

    /**
     * @param rawTopicId of the topic the items stand in; empty if not known
     */
    public Explaining(Feed feed, String rawTopicId) {
        Duration expireAfter = feed.rules().expireAfter();
        this.rawTopicId = rawTopicId;
        this.differences = new Differences(feed);
        this.expireAfterMicros = expireAfter == null ? Long.MAX_VALUE : Judgement.micros(expireAfter);
    }

    /**
     * Why an item was decided so.
     *
     * @param before what was known of its key, {@code null} if nothing
     * @param notes what was said of held items beside the decision
     */
    public Why why(@Nullable Known before, Item item, Decision decision, List<HeldNote> notes) {
        Known next = decision.next();
        List<Why.Difference> differing = before == null || !before.isPresent() || item.ruling() == Ruling.RESET
                ? List.of()
                : differing(before.compared(), item.compared());
        List<Settling> settling = decision instanceof Decision.Unsettled && next != null ? next.settling() : List.of();
        return new Why(reason(before, item, decision, notes, differing), differing, settling, doubts(notes));
    }

    private Reason reason(
            @Nullable Known before,
            Item item,
            Decision decision,
            List<HeldNote> notes,
            List<Why.Difference> differing) {
        if (decision instanceof Decision.Stale) {
            return stale(before, item);
        }
        if (decision instanceof Decision.OnHold) {
            return doubts(notes).isEmpty() ? Reason.REJECTED : Reason.IMPLAUSIBLE;
        }
        if (item.ruling() == Ruling.RELEASE) {
            return Reason.RELEASED;
        }
        if (notes.stream().anyMatch(note -> note.status() == HeldNote.Status.CONFIRMED)) {
            return Reason.CONFIRMED;
        }
        if (decision instanceof Decision.Told told) {
            return told(before, item, told.change().op());
        }
        if (decision instanceof Decision.Seeded) {
            return isForgotten(before, item) ? Reason.FORGOTTEN : Reason.SEEDED;
        }
        if (decision instanceof Decision.Unsettled) {
            return Reason.SETTLING;
        }
        return differing.isEmpty() ? Reason.SAME : Reason.WITHIN_TOLERANCE;
    }

    private Reason stale(@Nullable Known before, Item item) {
        if (before != null && before.isReset(item.source(), rawTopicId)) {
            return Reason.BEFORE_RESET;
        }
        if (item.ruling() != Ruling.NONE || before == null) {
            return Reason.OVERTAKEN;
        }
        if (item.eventTime() < before.eventTime()) {
            return Reason.OLDER;
        }
        return item.tie() == before.tie() ? Reason.REPEAT : Reason.SAME_MOMENT;
    }

    private Reason told(@Nullable Known before, Item item, Op op) {
        return switch (op) {
            case NEW -> isForgotten(before, item) ? Reason.FORGOTTEN : Reason.FIRST;
            case BACK -> Reason.BACK;
            case RESET -> Reason.RESET;
            case UPDATE, GONE -> before != null && isSettled(before, item) ? Reason.SETTLED : Reason.DIFFERS;
        };
    }

    /** Whether every value that counts had been seen before and waited for its time. */
    private boolean isSettled(Known before, Item item) {
        List<Why.Difference> counting = differing(before.compared(), item.compared()).stream()
                .filter(Why.Difference::counts)
                .toList();
        return counting.stream().anyMatch(each -> {
            Settling waited = before.settlingAt(each.path());
            return waited != null && differences.agree(each.path(), waited.value(), each.is());
        });
    }

    private boolean isForgotten(@Nullable Known before, Item item) {
        return before != null && !before.isBlank() && item.eventTime() - before.eventTime() > expireAfterMicros;
    }

    private List<Why.Difference> differing(Compared was, Compared is) {
        List<Why.Difference> all = new ArrayList<>();
        for (Differences.Difference each : differences.all(was, is)) {
            all.add(new Why.Difference(each.path(), was.at(each.path()), is.at(each.path()), each.rule()));
        }
        return all;
    }

    private static List<Doubt> doubts(List<HeldNote> notes) {
        return notes.stream()
                .filter(note -> note.status() == HeldNote.Status.WAITING)
                .findFirst()
                .map(HeldNote::doubts)
                .orElse(List.of());
    }
}
