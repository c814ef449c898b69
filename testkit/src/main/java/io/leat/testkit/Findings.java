package io.leat.testkit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Counts faults and keeps the first few of each. */
final class Findings {

    private static final int SAMPLES = 5;

    private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
    private final Map<Fault, List<String>> samples = new EnumMap<>(Fault.class);

    Findings() {}

    Findings(Findings other) {
        counts.putAll(other.counts);
        other.samples.forEach((fault, texts) -> samples.put(fault, new ArrayList<>(texts)));
    }

    /** Says that a fault is looked for. */
    void lookFor(Fault fault) {
        counts.putIfAbsent(fault, 0L);
    }

    void found(Fault fault, Supplier<String> sample) {
        counts.merge(fault, 1L, Long::sum);
        List<String> texts = samples.computeIfAbsent(fault, f -> new ArrayList<>(SAMPLES));
        if (texts.size() < SAMPLES) {
            texts.add(sample.get());
        }
    }

    CheckResult result(long changes, long keys) {
        return new CheckResult(changes, keys, counts, samples);
    }
}
