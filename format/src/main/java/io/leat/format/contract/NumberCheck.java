package io.leat.format.contract;

import io.leat.format.json.Document;
import io.leat.format.json.JsonKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** One bound of a number: {@code minimum} and its like. */
final class NumberCheck implements Check {

    private static final int QUICK_DIGITS = 18;

    private final String rule;
    private final String expected;
    private final BigDecimal bound;
    private final boolean isLower;
    private final boolean excludes;
    /** The whole number that is the outermost allowed, where it fits. */
    private final long edge;

    private final boolean hasEdge;

    private NumberCheck(String rule, String words, BigDecimal bound, boolean isLower, boolean excludes) {
        this.rule = rule;
        this.expected = words + " " + bound.toString();
        this.bound = bound;
        this.isLower = isLower;
        this.excludes = excludes;
        boolean isNear = bound.precision() - (long) bound.scale() < QUICK_DIGITS && bound.scale() < 1_000;
        BigDecimal inner = isNear ? bound.setScale(0, isLower ? RoundingMode.CEILING : RoundingMode.FLOOR) : bound;
        boolean steps = isNear && excludes && inner.compareTo(bound) == 0;
        this.edge = isNear ? inner.longValue() + (steps ? (isLower ? 1 : -1) : 0) : 0;
        this.hasEdge = isNear;
    }

    static Check of(String rule, BigDecimal bound) {
        return switch (rule) {
            case "minimum" -> new NumberCheck(rule, "at least", bound, true, false);
            case "exclusiveMinimum" -> new NumberCheck(rule, "more than", bound, true, true);
            case "maximum" -> new NumberCheck(rule, "at most", bound, false, false);
            default -> new NumberCheck(rule, "less than", bound, false, true);
        };
    }

    @Override
    public boolean passes(Document document, int value, Trial trial) {
        if (document.kind(value) != JsonKind.NUMBER) {
            return true;
        }
        boolean isWithin;
        if (hasEdge && document.isDigits(value) && document.length(value) <= QUICK_DIGITS) {
            long number = document.smallWhole(value);
            isWithin = isLower ? number >= edge : number <= edge;
        } else {
            int order = document.decimal(value).compareTo(bound);
            isWithin = excludes ? (isLower ? order > 0 : order < 0) : (isLower ? order >= 0 : order <= 0);
        }
        return isWithin || trial.breaks(value, rule, expected);
    }

    /** {@code multipleOf}: exact, and quick however large the exponents are. */
    static Check multipleOf(BigDecimal step) {
        BigInteger unit = step.unscaledValue();
        String expected = "a multiple of " + step;
        return (document, value, trial) -> {
            if (document.kind(value) != JsonKind.NUMBER) {
                return true;
            }
            BigDecimal number = document.decimal(value);
            long shift = (long) step.scale() - number.scale();
            boolean isMultiple;
            if (number.signum() == 0) {
                isMultiple = true;
            } else if (shift >= 0) {
                BigInteger power = BigInteger.TEN.modPow(BigInteger.valueOf(shift), unit);
                isMultiple = number.unscaledValue().multiply(power).mod(unit).signum() == 0;
            } else {
                isMultiple = -shift <= number.precision()
                        && number.unscaledValue()
                                        .mod(unit.multiply(BigInteger.TEN.pow((int) -shift)))
                                        .signum()
                                == 0;
            }
            return isMultiple || trial.breaks(value, "multipleOf", expected);
        };
    }
}
