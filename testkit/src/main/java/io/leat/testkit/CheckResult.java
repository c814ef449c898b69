package io.leat.testkit;

import java.util.List;
import java.util.Map;

/**
 * What {@link ChangeLogCheck} found.
 *
 * @param changes records of the log
 * @param keys different keys in it
 * @param counts how often each fault occurs; a fault that was not looked for is absent
 * @param samples for each fault that occurs, up to five places in words
 */
public record CheckResult(long changes, long keys, Map<Fault, Long> counts, Map<Fault, List<String>> samples) {

    public CheckResult {
        counts = Map.copyOf(counts);
        samples = Map.copyOf(samples);
    }

    /** How often a fault occurs; 0 if it was not looked for. */
    public long count(Fault fault) {
        return counts.getOrDefault(fault, 0L);
    }

    /** Whether no fault was found. */
    public boolean isClean() {
        return counts.values().stream().allMatch(count -> count == 0);
    }

    /** One line; {@code -} stands for what was not looked for. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder("C0");
        for (Fault fault : Fault.values()) {
            Long count = counts.get(fault);
            line.append(' ').append(fault.word()).append('=').append(count == null ? "-" : count.toString());
        }
        return line.append(" (changes=%s, keys=%s)".formatted(changes, keys)).toString();
    }

    /** The line and the samples, a line each. */
    public String report() {
        StringBuilder text = new StringBuilder(toString());
        for (Fault fault : Fault.values()) {
            for (String sample : samples.getOrDefault(fault, List.of())) {
                text.append("\n  ").append(fault.word()).append(": ").append(sample);
            }
        }
        return text.toString();
    }
}
