package io.leat.core;

import java.text.Normalizer;
import java.util.Locale;

/** What remains of a text once white space, letter case and Unicode form are taken away. */
final class TextFingerprint {

    private TextFingerprint() {}

    /** Whether two canonical texts are strings with one fingerprint. */
    static boolean same(String a, String b) {
        return a.startsWith("\"") && b.startsWith("\"") && of(a).equals(of(b));
    }

    private static String of(String canonical) {
        String form = Normalizer.normalize(plain(canonical), Normalizer.Form.NFKC);
        String folded = form.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        StringBuilder text = new StringBuilder(folded.length());
        folded.codePoints().forEach(c -> {
            if (!isSpace(c)) {
                text.appendCodePoint(c);
            } else if (!text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
                text.append(' ');
            }
        });
        int length = text.length();
        return length > 0 && text.charAt(length - 1) == ' ' ? text.substring(0, length - 1) : text.toString();
    }

    /** Invisible characters count as space too: sites put them where lines may break. */
    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT;
    }

    /** The string without its quotes, with escaped white space as spaces; other escapes stay, they are the same on both sides. */
    private static String plain(String canonical) {
        StringBuilder text = new StringBuilder(canonical.length());
        for (int i = 1; i < canonical.length() - 1; i++) {
            char c = canonical.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = canonical.charAt(++i);
            if (escaped == 'n' || escaped == 'r' || escaped == 't') {
                text.append(' ');
            } else {
                text.append(c).append(escaped);
            }
        }
        return text.toString();
    }
}
