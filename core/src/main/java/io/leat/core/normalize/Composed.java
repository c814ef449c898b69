package io.leat.core.normalize;

import java.text.Normalizer;

/**
 * Text in NFC, in time that grows no faster than the text. What Unicode calls stream-safe has at most 30 marks on a letter; to order
 * more of them takes the square of their number, and no language writes so.
 */
final class Composed {

    private static final int MOST_MARKS = 30;
    private static final int MARKS =
            1 << Character.NON_SPACING_MARK | 1 << Character.ENCLOSING_MARK | 1 << Character.COMBINING_SPACING_MARK;

    private Composed() {}

    /** The text in NFC; as it is where more than 30 marks follow each other. */
    static String of(String text) {
        return isSafe(text) ? Normalizer.normalize(text, Normalizer.Form.NFC) : text;
    }

    /** Whether no more than 30 marks follow each other. */
    static boolean isSafe(String text) {
        int marks = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            marks = (MARKS & 1 << Character.getType(c)) == 0 ? 0 : marks + 1;
            if (marks > MOST_MARKS) {
                return false;
            }
        }
        return true;
    }
}
