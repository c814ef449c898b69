package io.leat.core.normalize;

import java.math.BigDecimal;
import java.util.List;

/**
 * An amount of money.
 *
 * @param amount exact
 * @param in what it is in
 * @param others further prices in the same text, in its order
 * @param isRange whether {@code others} is where a range ends
 */
public record Money(BigDecimal amount, Denomination in, List<BigDecimal> others, boolean isRange) {

    /** Which of several prices in one text counts. */
    public enum Several {
        /** The one that stands first; of a range, where it starts. */
        FIRST,
        /** The smallest. */
        LOWEST,
        /** The largest. */
        HIGHEST,
        /** None: the text is ambiguous. */
        REFUSE
    }

    /** What becomes of an amount below zero. */
    public enum Negative {
        /** It is told. */
        ALLOW,
        /** It is no price. */
        REFUSE
    }

    public Money {
        others = List.copyOf(others);
    }
}
