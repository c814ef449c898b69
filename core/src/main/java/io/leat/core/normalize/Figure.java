package io.leat.core.normalize;

import org.jspecify.annotations.Nullable;

/**
 * Digits that stand together in a line, with their separators.
 *
 * @param from where they start
 * @param to where they and what belongs to them ({@code .-}) end
 * @param digits the digits and separators, as {@link Decimals} takes them
 * @param isNegative whether a minus belongs to them
 * @param isWhole whether a dash stands where the decimals would
 * @param power of ten that they are multiplied by
 * @param oddity why no amount may be read from them, {@code null} if nothing stands against it
 */
record Figure(
        int from, int to, String digits, boolean isNegative, boolean isWhole, int power, @Nullable String oddity) {

    private static final int GROUP = 3;

    /** This whole amount with decimals that stand apart, and so are no thousands. */
    Figure with(String decimals, int end) {
        String sure = decimals.length() == GROUP ? decimals + "0" : decimals;
        return new Figure(from, end, digits + "." + sure, isNegative, false, power, oddity);
    }

    Figure negative() {
        return new Figure(from, to, digits, true, isWhole, power, oddity);
    }

    Figure odd(String why) {
        return oddity != null ? this : new Figure(from, to, digits, isNegative, isWhole, power, why);
    }

    /** This many times ten to a power. */
    Figure times(int tens) {
        return new Figure(from, to, digits, isNegative, isWhole, power + tens, oddity);
    }

    /** Whether no point or comma stands in it. */
    boolean isPlain() {
        return digits.indexOf('.') < 0 && digits.indexOf(',') < 0;
    }

    /** Whether a point or comma and one or two digits end it. */
    boolean hasCents() {
        int last = digits.length() - 1;
        return last >= 2 && (isPoint(digits.charAt(last - 1)) || isPoint(digits.charAt(last - 2)));
    }

    private static boolean isPoint(char c) {
        return c == '.' || c == ',';
    }
}
