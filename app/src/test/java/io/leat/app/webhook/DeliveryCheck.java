package io.leat.app.webhook;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges what a receiver took, by nothing but that. */
final class DeliveryCheck {

    private DeliveryCheck() {}

    /**
     * What was seen.
     *
     * @param lost changes that never came
     * @param repeats changes that came once more
     * @param mostAfterOne the most repeats that came in one round of what earlier rounds had taken
     * @param disorder times a key went back or left something out; a repeat of its newest change does not count
     */
    record Seen(int lost, int repeats, int mostAfterOne, int disorder) {}

    /**
     * Judges.
     *
     * @param told how many changes there were
     * @param rounds how many had been taken when each gateway began
     */
    static Seen of(List<Receiver.Taken> taken, int told, List<Integer> rounds) {
        Set<String> ids = new HashSet<>();
        Set<String> earlier = new HashSet<>();
        int most = 0;
        for (int round = 0; round < rounds.size(); round++) {
            int end = round + 1 < rounds.size() ? rounds.get(round + 1) : taken.size();
            Set<String> again = new HashSet<>();
            for (Receiver.Taken change : taken.subList(rounds.get(round), end)) {
                ids.add(change.id());
                if (earlier.contains(change.id())) {
                    again.add(change.id());
                }
            }
            most = Math.max(most, again.size());
            earlier.addAll(ids);
        }
        return new Seen(told - ids.size(), taken.size() - ids.size(), most, disorder(taken));
    }

    /** How often a key went back or left something out. */
    static int disorder(List<Receiver.Taken> taken) {
        Map<String, Long> newest = new HashMap<>();
        int violations = 0;
        for (Receiver.Taken change : taken) {
            long before = newest.getOrDefault(change.key(), 0L);
            violations += change.seq() < before || change.seq() > before + 1 ? 1 : 0;
            newest.put(change.key(), Math.max(before, change.seq()));
        }
        return violations;
    }
}
