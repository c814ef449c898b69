package io.leat.core;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Numbers in canonical texts. Exact; no floating point. */
final class ExactNumber {

    /** A sign, 40 digits and a point: longer numbers keep an exponent in canonical text. */
    private static final int LONGEST = 42;

    private ExactNumber() {}

    /** The number a canonical text is; {@code null} if it is none, or one of more than 40 digits. */
    static @Nullable BigDecimal of(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && !(c == '-' && i == 0)) {
                return null;
            }
        }
        return new BigDecimal(text);
    }
}
