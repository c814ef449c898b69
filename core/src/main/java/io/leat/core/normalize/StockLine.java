package io.leat.core.normalize;

import java.util.Locale;

/** The text of a stock in one spelling: folded, words joined by hyphens, underscores or capitals taken apart. */
final class StockLine {

    private static final String SCHEMA = "schema.org/";
    private static final String PREFIX = "schema:";

    private StockLine() {}

    static String of(String text) {
        return joined(Plain.fold(apart(text)));
    }

    /** A line without hyphens and underscores within words, nor the point of a Turkish capital. */
    static String joined(String line) {
        int at = 0;
        while (at < line.length() && line.charAt(at) != '-' && line.charAt(at) != '_' && line.charAt(at) != '\u0307') {
            at++;
        }
        if (at == line.length()) {
            return line;
        }
        StringBuilder out = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean isJoint = c == '_' || c == '-' && isWithin(line, i);
            if (c != '\u0307') {
                out.append(isJoint ? ' ' : c);
            }
        }
        return out.toString();
    }

    private static boolean isWithin(String line, int at) {
        return at > 0
                && at + 1 < line.length()
                && Letters.isLetter(line.charAt(at - 1))
                && Letters.isLetter(line.charAt(at + 1));
    }

    /** The name of a schema.org address, and the words of one written in capitals: {@code InStock}. */
    private static String apart(String text) {
        String name = text.strip();
        if (name.indexOf(' ') >= 0) {
            return text;
        }
        int schema = name.toLowerCase(Locale.ROOT).indexOf(SCHEMA);
        if (schema >= 0) {
            name = name.substring(schema + SCHEMA.length());
            name = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
            name = name.substring(name.lastIndexOf('/') + 1);
        } else if (name.startsWith(PREFIX)) {
            name = name.substring(PREFIX.length());
        }
        StringBuilder out = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isNext = i > 0 && c >= 'A' && c <= 'Z' && name.charAt(i - 1) >= 'a' && name.charAt(i - 1) <= 'z';
            (isNext ? out.append(' ') : out).append(c);
        }
        return out.toString();
    }
}
