package io.leat.core;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which values differ, and which of the differences count, as a feed declares it. Immutable, thread-safe. */
public final class Differences {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final boolean absentIsNull;
    private final Set<String> fingerprints = new HashSet<>();
    private final Map<String, Rules.Tolerance> tolerances = new HashMap<>();

    Differences(Feed feed) {
        this(Sameness.of(feed));
    }

    /** As some rules call them. */
    public Differences(Sameness sameness) {
        absentIsNull = sameness.comparison() instanceof Feed.Comparison.AllBut;
        sameness.alike().forEach(path -> fingerprints.add(path.toString()));
        sameness.tolerance().forEach((path, tolerance) -> tolerances.put(path.toString(), tolerance));
    }

    /** The paths whose values differ so that it counts. */
    public List<String> countingBetween(Compared known, Compared seen) {
        return counting(between(known, seen), known, seen);
    }

    /**
     * A path whose canonical texts differ.
     *
     * @param rule why it does not count: {@code fingerprint} or {@code tolerance}; empty if it counts
     */
    record Difference(String path, String rule) {}

    /** The paths whose canonical texts differ, those that do not count among them. */
    List<Difference> all(Compared known, Compared seen) {
        List<String> differing = between(known, seen);
        List<String> counting = counting(differing, known, seen);
        return texts(known, seen).stream()
                .map(path -> new Difference(
                        path, !differing.contains(path) ? "fingerprint" : counting.contains(path) ? "" : "tolerance"))
                .toList();
    }

    private List<String> texts(Compared known, Compared seen) {
        return absentIsNull ? seen.changedAmongAll(known) : seen.changedAmongShared(known);
    }

    /** The paths whose values differ. */
    List<String> between(Compared known, Compared seen) {
        List<String> differing = texts(known, seen);
        if (!fingerprints.isEmpty() && !differing.isEmpty()) {
            differing.removeIf(
                    path -> fingerprints.contains(path) && TextFingerprint.same(known.at(path), seen.at(path)));
        }
        return differing;
    }

    /** Those of them whose differences count. */
    List<String> counting(List<String> differing, Compared known, Compared seen) {
        return tolerances.isEmpty()
                ? differing
                : differing.stream()
                        .filter(path -> !isTolerated(path, known.at(path), seen.at(path)))
                        .toList();
    }

    /** Whether two values of a field are one for the rules: equal, of one fingerprint, or within the tolerance. */
    public boolean agree(String path, String was, String is) {
        return Compared.same(was, is)
                || (fingerprints.contains(path) && TextFingerprint.same(was, is))
                || isTolerated(path, was, is);
    }

    private boolean isTolerated(String path, String wasText, String isText) {
        Rules.@Nullable Tolerance tolerance = tolerances.get(path);
        BigDecimal was = tolerance == null ? null : ExactNumber.of(wasText);
        BigDecimal is = was == null ? null : ExactNumber.of(isText);
        if (tolerance == null || was == null || is == null) {
            return false;
        }
        BigDecimal distance = is.subtract(was).abs();
        return tolerance.isPercent()
                ? distance.multiply(HUNDRED).compareTo(was.abs().multiply(tolerance.amount())) <= 0
                : distance.compareTo(tolerance.amount()) <= 0;
    }
}
