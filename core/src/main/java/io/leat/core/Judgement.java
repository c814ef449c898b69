package io.leat.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides items that are above their key's fence, where a feed has rules. Immutable. */
final class Judgement {

    private final Differences differences;
    private final Telling telling;
    private final Averaging averaging;
    private final Holding holding;
    private final boolean seeds;
    private final long expireAfterMicros;
    private final Map<String, Long> debounceMicros = new HashMap<>();

    Judgement(Rules rules, Differences differences, Telling telling, Averaging averaging) {
        this.differences = differences;
        this.telling = telling;
        this.averaging = averaging;
        this.holding = new Holding(rules, differences, averaging);
        this.seeds = rules.firstSeen() == Rules.FirstSeen.SEED;
        Duration expireAfter = rules.expireAfter();
        this.expireAfterMicros = expireAfter == null ? Long.MAX_VALUE : micros(expireAfter);
        rules.debounce().forEach((path, time) -> debounceMicros.put(path.toString(), micros(time)));
    }

    /** Decides a scrape above the fence. */
    Decision decide(@Nullable Known known, Item item) {
        Known living = living(known, item);
        if (!holding.isBelievable(living, item)) {
            return new Decision.OnHold(telling.read(holding.hold(known, living, item)));
        }
        if (living != null && living.gone()) {
            return telling.back(living, item);
        }
        return living == null || living.isBlank() ? first(known, item) : believed(living, item);
    }

    /** Does what a person said of a held scrape, if it is still the newest of its key. */
    Decision rule(@Nullable Known known, Item item) {
        Held held = known == null ? null : known.held();
        if (known == null || held == null || known.eventTime() != item.eventTime() || known.tie() != item.tie()) {
            return new Decision.Stale();
        }
        if (item.ruling() == Ruling.REJECT) {
            return new Decision.OnHold(known.rejecting(new Held(held.values(), true)));
        }
        if (known.gone()) {
            return telling.back(known, item);
        }
        return known.isBlank() ? telling.first(known, item) : released(known, item);
    }

    /** What is said of held items beside a decision. */
    List<HeldNote> notes(@Nullable Known known, Item item, Decision decision) {
        return holding.notes(known, living(known, item), item, decision);
    }

    /** What is known of the key, {@code null} if it was forgotten by the time of the item. */
    @Nullable
    Known living(@Nullable Known known, Item item) {
        return known == null || !remembers(known.eventTime(), item) ? null : known;
    }

    /** Whether a key that was seen last at this moment is not forgotten by the time of an item. */
    boolean remembers(long lastSeen, Item item) {
        return item.eventTime() - lastSeen <= expireAfterMicros;
    }

    /** An item that is believed: told now, later, or not at all. */
    private Decision believed(Known known, Item item) {
        List<String> differing = differences.between(known.compared(), item.compared());
        List<String> counting = differences.counting(differing, known.compared(), item.compared());
        if (counting.isEmpty()) {
            return new Decision.Unchanged(known.seen(item, known.compared().learning(item.compared()), List.of()));
        }
        if (!debounceMicros.keySet().containsAll(counting)) {
            return telling.update(known, differing, item);
        }
        List<Settling> settling = settling(known, counting, item);
        return settling.stream().anyMatch(each -> isSettled(each, item))
                ? telling.update(known, differing, item)
                : new Decision.Unsettled(known.seen(item, known.compared().learning(item.compared()), settling));
    }

    /** What a person has released is told at once, whatever else the feed would wait for. */
    private Decision released(Known known, Item item) {
        List<String> differing = differences.between(known.compared(), item.compared());
        return differing.isEmpty()
                ? new Decision.Unchanged(known.seen(item, known.compared().learning(item.compared()), List.of()))
                : telling.update(known, differing, item);
    }

    /** The first item of a key, or the first after it was forgotten. */
    private Decision first(@Nullable Known forgotten, Item item) {
        return seeds
                ? new Decision.Seeded(telling.read(new Known(
                        item.eventTime(),
                        item.tie(),
                        0,
                        item.compared(),
                        item.eventTime(),
                        0,
                        List.of(),
                        false,
                        null,
                        forgotten == null ? null : forgotten.floor(),
                        averaging.begun(item.eventTime()))))
                : telling.first(forgotten, item);
    }

    /** Since when each differing value has been the newest one. */
    private List<Settling> settling(Known known, List<String> counting, Item item) {
        List<Settling> settling = new ArrayList<>();
        for (String path : counting) {
            String value = item.compared().at(path);
            Settling before = known.settlingAt(path);
            settling.add(
                    before != null && differences.agree(path, before.value(), value)
                            ? before
                            : new Settling(path, value, item.eventTime()));
        }
        return settling;
    }

    private boolean isSettled(Settling each, Item item) {
        return item.eventTime() - each.since() >= debounceMicros.getOrDefault(each.path(), 0L);
    }

    static long micros(Duration duration) {
        return duration.toMillis() * 1_000;
    }
}
