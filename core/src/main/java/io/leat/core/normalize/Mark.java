package io.leat.core.normalize;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How shops write a currency.
 *
 * @param text as the table has it
 * @param told the one spelling in which it is told: marks that differ in case only and mean the same are one
 * @param codes the currencies it can mean, sorted; none if it is the sign of none in the table
 * @param usual the one it means where nothing says otherwise, {@code null} if there is none
 * @param isWeak whether it is a word or a unit of measure too, so that it counts only where no other mark does
 */
record Mark(String text, String told, List<String> codes, @Nullable String usual, boolean isWeak) {

    private static final String CENT_SIGN = "\u00a2";

    Mark {
        codes = List.copyOf(codes);
    }

    /** A sign that no currency of the table has. */
    static Mark unknown(char sign) {
        String text = String.valueOf(sign);
        return new Mark(text, text, List.of(), null, false);
    }

    static boolean areWeak(List<Mark> marks) {
        for (Mark mark : marks) {
            if (!mark.isWeak) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is one letter of the alphabet, which may name a model as well. */
    boolean isLetter() {
        return text.length() == 1 && text.charAt(0) < 0x80 && Character.isLetter(text.charAt(0));
    }

    /** Whether it is a sign made for currencies, such as the euro's. */
    boolean isSign() {
        return text.length() == 1 && isSign(text.charAt(0));
    }

    static boolean isSign(char c) {
        return c == '$' || c > 0x7f && Character.getType(c) == Character.CURRENCY_SYMBOL;
    }

    boolean isCentSign() {
        return text.equals(CENT_SIGN);
    }
}
