package io.leat.core;

import java.util.List;

/**
 * Why an item was decided as it was.
 *
 * @param reason in a word
 * @param differences where the item differs from what was told last, in the order of the compared fields; empty if nothing
 *     was told that it could differ from
 * @param settling debounced fields that wait for their time, after the decision
 * @param doubts what is implausible of it
 */
public record Why(Reason reason, List<Difference> differences, List<Settling> settling, List<Doubt> doubts) {

    public Why {
        differences = List.copyOf(differences);
        settling = List.copyOf(settling);
        doubts = List.copyOf(doubts);
    }

    /**
     * A compared field that does not show the canonical text told last.
     *
     * @param path the field
     * @param was the canonical text told last
     * @param is the canonical text now
     * @param rule why it does not count: {@code fingerprint} or {@code tolerance}; empty if it counts
     */
    public record Difference(String path, String was, String is, String rule) {

        /** Whether it is worth telling. */
        public boolean counts() {
            return rule.isEmpty();
        }
    }
}
