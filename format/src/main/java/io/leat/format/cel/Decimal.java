package io.leat.format.cel;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The one kind of number of conditions: exact, however it is written. 1 is 1.0 and 10 is 1e1.
 *
 * <p>Every operation throws {@link ArithmeticException} where there is no result, or none within {@value #MOST_DIGITS}
 * digits: a stranger's exponent must not cost memory.
 */
record Decimal(BigDecimal value) implements Comparable<Decimal> {

    static final int MOST_DIGITS = 2_000;

    /** A quotient without end has as many digits. */
    private static final MathContext QUOTIENT = MathContext.DECIMAL128;

    /** A number of a text, as JSON or people write it. */
    static Decimal of(String text) {
        if (text.length() > MOST_DIGITS) {
            throw new ArithmeticException("a number of too many digits");
        }
        return new Decimal(new BigDecimal(text));
    }

    static Decimal of(long whole) {
        return new Decimal(BigDecimal.valueOf(whole));
    }

    Decimal plus(Decimal other) {
        mustAlign(other);
        return new Decimal(value.add(other.value));
    }

    Decimal minus(Decimal other) {
        return plus(other.negated());
    }

    Decimal times(Decimal other) {
        if ((long) value.precision() + other.value.precision() > MOST_DIGITS) {
            throw new ArithmeticException("a product of too many digits");
        }
        return new Decimal(value.multiply(other.value));
    }

    /** The quotient, not a whole one: 7 / 2 is 3.5. */
    Decimal dividedBy(Decimal other) {
        return new Decimal(value.divide(other.value, QUOTIENT));
    }

    /** What is left of a whole division, with the sign of this number. */
    Decimal remainder(Decimal other) {
        mustAlign(other);
        return new Decimal(value.remainder(other.value));
    }

    Decimal negated() {
        return new Decimal(value.negate());
    }

    /** Without what follows the point. */
    Decimal truncated() {
        mustAlign(of(1));
        return new Decimal(value.setScale(0, RoundingMode.DOWN));
    }

    private void mustAlign(Decimal other) {
        if (value.signum() == 0 || other.value.signum() == 0) {
            return;
        }
        long highest = Math.max(highest(value), highest(other.value));
        long lowest = Math.min(-(long) value.scale(), -(long) other.value.scale());
        if (highest - lowest > MOST_DIGITS) {
            throw new ArithmeticException("a sum of too many digits");
        }
    }

    private static long highest(BigDecimal number) {
        return (long) number.precision() - number.scale();
    }

    @Override
    public int compareTo(Decimal other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Decimal decimal && value.compareTo(decimal.value) == 0;
    }

    @Override
    public int hashCode() {
        return value.stripTrailingZeros().hashCode();
    }
}
