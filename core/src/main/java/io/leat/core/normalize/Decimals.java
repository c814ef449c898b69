package io.leat.core.normalize;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The numbers that digits with separators can mean. Groups have three digits, or two and a last one of three as in India.
 * So only one shape has two meanings: up to three digits, one point or comma, three digits.
 */
final class Decimals {

    private static final String NOT_GROUPED = "0";

    private Decimals() {}

    /**
     * A meaning.
     *
     * @param decimal what separated the decimals; {@code 0} if there are none
     */
    record Meaning(BigDecimal value, char decimal) {}

    /**
     * Every number the text can mean, none if its shape is no number's.
     *
     * @param text ASCII digits, at least one, with points, commas, apostrophes and single spaces
     */
    static List<Meaning> of(String text) {
        List<Meaning> meanings = new ArrayList<>(2);
        for (char decimal : new char[] {'.', ','}) {
            int at = text.indexOf(decimal);
            if (at >= 0 && at == text.lastIndexOf(decimal)) {
                String fraction = text.substring(at + 1);
                if (isDigits(fraction) && isWhole(text.substring(0, at))) {
                    meanings.add(new Meaning(number(text.substring(0, at), fraction), decimal));
                }
            }
        }
        if (isWhole(text) && !text.isEmpty()) {
            meanings.add(new Meaning(number(text, ""), (char) 0));
        }
        return meanings;
    }

    private static BigDecimal number(String whole, String fraction) {
        String digits = whole.replaceAll("[^0-9]", "");
        return new BigDecimal((digits.isEmpty() ? "0" : digits) + (fraction.isEmpty() ? "" : "." + fraction));
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Digits alone, or properly grouped by one kind of separator; nothing at all before decimals. */
    private static boolean isWhole(String text) {
        if (text.isEmpty() || isDigits(text)) {
            return true;
        }
        char separator = text.chars()
                .filter(c -> c < '0' || c > '9')
                .mapToObj(c -> (char) c)
                .findFirst()
                .orElse(' ');
        String[] groups = text.split(Pattern.quote(String.valueOf(separator)), -1);
        String first = groups[0];
        if (!isDigits(first) || first.length() > 3 || first.equals(NOT_GROUPED)) {
            return false;
        }
        int last = groups.length - 1;
        if (!isDigits(groups[last]) || groups[last].length() != 3) {
            return false;
        }
        boolean threes = true;
        boolean twos = first.length() <= 2 && last > 1;
        for (int i = 1; i < last; i++) {
            threes &= isDigits(groups[i]) && groups[i].length() == 3;
            twos &= isDigits(groups[i]) && groups[i].length() == 2;
        }
        return threes || twos;
    }
}
