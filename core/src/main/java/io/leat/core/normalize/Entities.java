package io.leat.core.normalize;

import java.util.HashMap;
import java.util.Map;

/** The entities of HTML, decoded where they end: what was encoded twice is decoded twice, in one pass. */
final class Entities {

    private static final int NONE = -1;
    private static final int LONGEST = 10;
    private static final int GREEK_QUESTION_MARK = 0x37e;
    private static final Map<String, Integer> NAMED = named();

    private Entities() {}

    static String decoded(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            append(text.charAt(i), out);
        }
        return out.toString();
    }

    /** Appends a character; if that ends an entity, what it stands for takes its place. */
    private static void append(int c, StringBuilder out) {
        out.appendCodePoint(c);
        for (int decoded = c == ';' ? take(out) : NONE; decoded != NONE; ) {
            out.appendCodePoint(decoded);
            decoded = decoded == ';' ? take(out) : NONE;
        }
    }

    /** Takes the entity away that ends here and tells its character. */
    static int take(StringBuilder out) {
        int end = out.length() - 1;
        int from = end - 1;
        while (from >= 0 && end - from <= LONGEST && out.charAt(from) != '&') {
            from--;
        }
        if (from < 0 || out.charAt(from) != '&' || from == end - 1) {
            return NONE;
        }
        int code = code(out, from + 1, end);
        if (code != NONE) {
            out.setLength(from);
        }
        return code == GREEK_QUESTION_MARK ? ';' : code;
    }

    private static int code(StringBuilder text, int from, int to) {
        if (text.charAt(from) != '#') {
            return NAMED.getOrDefault(text.substring(from, to), NONE);
        }
        boolean isHex = (text.charAt(Math.min(from + 1, to - 1)) | 0x20) == 'x';
        int start = from + (isHex ? 2 : 1);
        int code = start == to ? NONE : 0;
        for (int i = start; i < to; i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, isHex ? 16 : 10) : NONE;
            if (digit < 0 || code > Character.MAX_CODE_POINT) {
                return NONE;
            }
            code = code * (isHex ? 16 : 10) + digit;
        }
        boolean isText = code > 0 && code <= Character.MAX_CODE_POINT && (code < 0xd800 || code > 0xdfff);
        return isText ? code : NONE;
    }

    private static Map<String, Integer> named() {
        Table table = Table.of("entities");
        Map<String, Integer> named = new HashMap<>();
        table.keys().forEach(name -> named.put(name, Integer.parseInt(table.text(name), 16)));
        return Map.copyOf(named);
    }
}
