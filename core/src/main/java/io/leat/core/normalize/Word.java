package io.leat.core.normalize;

import org.jspecify.annotations.Nullable;

/**
 * A word, or several that belong together, beside figures.
 *
 * @param text folded
 * @param senses what it can tell, as bits
 * @param power of ten it multiplies by; meaningful only where it has {@link Sense#TIMES}
 * @param unit the unit of measure, {@code null} if it is none that prices are told for
 */
record Word(String text, int senses, int power, @Nullable Unit unit) {

    /** What a word can tell about the figures beside it. */
    enum Sense {
        /** Goes with prices and tells nothing else. */
        PRICE,
        /** Stands between the ends of a range. */
        RANGE,
        /** Joins a price and what it is for. */
        PER,
        /** Joins an amount and its hundredths. */
        AND,
        /** Follows the hundredths of an amount. */
        HUNDREDTHS,
        /** Multiplies the figure before it. */
        TIMES,
        /** May multiply the figure before it; nobody can be sure. */
        TIMES_MAYBE,
        /** Multiplies by a thousand times more in most languages than in English. */
        SHORT_SCALE,
        /** Is a unit of measure. */
        UNIT,
        /** The figure after it is a saving or a threshold. */
        SAVES_NEXT,
        /** The figure before it is a saving or a threshold. */
        SAVES_LAST,
        /** The figure beside it is a saving or a deposit. */
        SAVES,
        /** What is paid for bringing it. */
        DELIVERY,
        /** Joins a price and what else is or is not in it. */
        WITH,
        /** Joins a number of items and what all of them cost. */
        FOR,
        /** Stands before a number of items that are sold together. */
        BUY,
        /** Joins a rating and its scale. */
        OF,
        /** Says that a number is a rating. */
        RATING;

        /** Its place in a set of bits, which lives as long as the process. */
        @SuppressWarnings("EnumOrdinal")
        int bit() {
            return 1 << ordinal();
        }
    }

    boolean is(Sense sense) {
        return (senses & sense.bit()) != 0;
    }
}
