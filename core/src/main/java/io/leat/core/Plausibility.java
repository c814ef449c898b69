package io.leat.core;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which values a feed does not believe on one scrape's word. Immutable. */
final class Plausibility {

    private static final BigDecimal FLIP_LEAST = new BigDecimal(98);
    private static final BigDecimal FLIP_MOST = new BigDecimal(102);

    private final Map<String, Rules.Plausible> fields = new HashMap<>();

    Plausibility(Rules rules) {
        rules.hold().forEach((path, rule) -> fields.put(path.toString(), rule));
    }

    /** The fields that can be held. */
    Set<String> fields() {
        return fields.keySet();
    }

    /**
     * What is implausible.
     *
     * @param last the values last told, {@code null} if there are none
     * @param means their moving averages, {@code null} if there are none
     */
    List<Doubt> doubts(@Nullable Compared last, @Nullable Compared means, Compared seen) {
        List<Doubt> doubts = new ArrayList<>();
        for (int i = 0; i < seen.paths().size(); i++) {
            String path = seen.paths().get(i);
            Rules.Plausible rule = fields.get(path);
            BigDecimal is = rule == null ? null : ExactNumber.of(seen.values().get(i));
            if (rule == null || is == null) {
                continue;
            }
            String lastText = last == null ? Compared.NULL : last.at(path);
            if (lastText.equals(seen.values().get(i))) {
                continue; // told already, so it was believed
            }
            BigDecimal was = ExactNumber.of(lastText);
            BigDecimal mean = means == null ? null : ExactNumber.of(means.at(path));
            String why = why(rule, was, mean, is);
            if (why != null) {
                doubts.add(new Doubt(path, why, seen.values().get(i), was == null ? Compared.NULL : lastText));
            }
        }
        return doubts;
    }

    private static @Nullable String why(
            Rules.Plausible rule, @Nullable BigDecimal was, @Nullable BigDecimal mean, BigDecimal is) {
        BigDecimal floor = rule.floor();
        if (floor != null && is.compareTo(floor) < 0) {
            return "floor";
        }
        BigDecimal ceiling = rule.ceiling();
        if (ceiling != null && is.compareTo(ceiling) > 0) {
            return "ceiling";
        }
        if (was != null && rule.unitFlip() && (isHundredfold(was, is) || isHundredfold(is, was))) {
            return "unit_flip";
        }
        boolean ofAverage = rule.of() == Rules.Measure.AVERAGE;
        BigDecimal measure = ofAverage ? mean : was;
        if (measure == null || measure.signum() == 0 || isRatioWithin(rule, measure, is)) {
            return null;
        }
        return ofAverage ? "average" : "ratio";
    }

    /** Without dividing: is / was ≥ least, both sides times was², which is above 0. */
    private static boolean isRatioWithin(Rules.Plausible rule, BigDecimal was, BigDecimal is) {
        BigDecimal product = is.multiply(was);
        BigDecimal square = was.multiply(was);
        BigDecimal least = rule.leastRatio();
        BigDecimal most = rule.mostRatio();
        return (least == null || product.compareTo(least.multiply(square)) >= 0)
                && (most == null || product.compareTo(most.multiply(square)) <= 0);
    }

    private static boolean isHundredfold(BigDecimal small, BigDecimal large) {
        BigDecimal product = large.multiply(small);
        BigDecimal square = small.multiply(small);
        return square.signum() > 0
                && product.compareTo(FLIP_LEAST.multiply(square)) >= 0
                && product.compareTo(FLIP_MOST.multiply(square)) <= 0;
    }
}
