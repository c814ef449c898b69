package io.leat.app.webhook;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judges what a receiver took, by nothing but that. */
final class DeliveryCheck {

    private DeliveryCheck() {}

    /**
     * What was seen.
     *
     * @param lost changes that never came
     * @param repeats changes that came once more
     * @param mostOfOne of the changes last taken in one round, the most that came again in later ones: what its gateway had
     *     delivered and not noted when it died. They may come again in any later round: the next gateway may die before it
     *     gets to them
     * @param disorder times a key went back or left something out; a repeat of its newest change does not count
     */
    record Seen(int lost, int repeats, int mostOfOne, int disorder) {}

    /**
     * Judges.
     *
     * @param told how many changes there were
     * @param rounds how many had been taken when each gateway began
     */
    static Seen of(List<Receiver.Taken> taken, int told, List<Integer> rounds) {
        Map<String, Integer> lastIn = new HashMap<>();
        int[] cameAgain = new int[rounds.size()];
        for (int round = 0; round < rounds.size(); round++) {
            int end = round + 1 < rounds.size() ? rounds.get(round + 1) : taken.size();
            for (Receiver.Taken change : taken.subList(rounds.get(round), end)) {
                Integer before = lastIn.put(change.id(), round);
                if (before != null && before < round) {
                    cameAgain[before]++;
                }
            }
        }
        int most = Arrays.stream(cameAgain).max().orElse(0);
        return new Seen(told - lastIn.size(), taken.size() - lastIn.size(), most, disorder(taken));
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
