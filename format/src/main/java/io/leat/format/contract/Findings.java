package io.leat.format.contract;

import io.leat.core.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why records were refused, counted by code, field and rule, each with its first few. For one thread. */
public final class Findings {

    /** How many records are named for each reason. */
    public static final int SAMPLES = 3;
    /** Fields of strangers have no end of names: from here on, what is new is counted under no field. */
    private static final int MOST_REASONS = 500;

    private final Map<Reason, Finding> found = new LinkedHashMap<>();

    /** What is counted together. */
    private record Reason(String code, String field, String rule) {}

    /**
     * One record.
     *
     * @param place where it stands, in words
     * @param message why it was refused
     */
    public record Sample(String place, String message) {}

    /**
     * Records refused for one reason.
     *
     * @param code the refusal's code
     * @param field the dotted path, empty if it is the record as a whole
     * @param rule the keyword of the schema, empty if it was not the schema
     * @param count how many
     * @param samples the first of them
     */
    public record Finding(String code, String field, String rule, long count, List<Sample> samples) {
        public Finding {
            samples = List.copyOf(samples);
        }
    }

    /** Counts a refused record. */
    public void add(Refusal refusal, String place) {
        String rule = refusal.contract().isEmpty()
                ? ""
                : refusal.message().substring(0, Math.max(0, refusal.message().indexOf(':')));
        Reason full = new Reason(refusal.code().word(), refusal.field(), rule);
        boolean isKnown = found.containsKey(full) || found.size() < MOST_REASONS;
        Reason reason = isKnown ? full : new Reason(full.code(), "", rule);
        Finding before =
                found.getOrDefault(reason, new Finding(reason.code(), reason.field(), reason.rule(), 0, List.of()));
        List<Sample> samples = new ArrayList<>(before.samples());
        if (samples.size() < SAMPLES) {
            samples.add(new Sample(place, refusal.message()));
        }
        found.put(reason, new Finding(reason.code(), reason.field(), reason.rule(), before.count() + 1, samples));
    }

    /** The findings, the most frequent first. */
    public List<Finding> byCount() {
        return found.values().stream()
                .sorted(Comparator.comparingLong(Finding::count).reversed())
                .toList();
    }
}
