package io.leat.format.contract;

import java.util.Map;
import java.util.regex.PatternSyntaxException;

/** Rewrites a pattern of ECMA-262 (with its flag {@code u}) so that it means the same to {@link java.util.regex}. */
final class EcmaPattern {

    private static final String SPACE = "\\t\\n\\x0B\\f\\r \\u00a0\\ufeff\\u2028\\u2029\\p{Zs}";
    private static final String LINE_ENDS = "\\n\\r\\u2028\\u2029";
    private static final String WORD_EDGE = "(?:(?<=[a-zA-Z0-9_])(?![a-zA-Z0-9_])|(?<![a-zA-Z0-9_])(?=[a-zA-Z0-9_]))";
    private static final String NO_WORD_EDGE =
            "(?:(?<=[a-zA-Z0-9_])(?=[a-zA-Z0-9_])|(?<![a-zA-Z0-9_])(?![a-zA-Z0-9_]))";

    /** Long names of general categories, which {@link java.util.regex} knows by their short names only. */
    private static final Map<String, String> CATEGORIES = Map.ofEntries(
            Map.entry("Letter", "L"),
            Map.entry("Uppercase_Letter", "Lu"),
            Map.entry("Lowercase_Letter", "Ll"),
            Map.entry("Titlecase_Letter", "Lt"),
            Map.entry("Modifier_Letter", "Lm"),
            Map.entry("Other_Letter", "Lo"),
            Map.entry("Mark", "M"),
            Map.entry("Number", "N"),
            Map.entry("Decimal_Number", "Nd"),
            Map.entry("digit", "Nd"),
            Map.entry("Punctuation", "P"),
            Map.entry("punct", "P"),
            Map.entry("Symbol", "S"),
            Map.entry("Currency_Symbol", "Sc"),
            Map.entry("Math_Symbol", "Sm"),
            Map.entry("Separator", "Z"),
            Map.entry("Space_Separator", "Zs"),
            Map.entry("Other", "C"),
            Map.entry("Control", "Cc"),
            Map.entry("Alphabetic", "IsAlphabetic"),
            Map.entry("Ideographic", "IsIdeographic"),
            Map.entry("Lowercase", "IsLowercase"),
            Map.entry("Uppercase", "IsUppercase"),
            Map.entry("White_Space", "IsWhite_Space"),
            Map.entry("Emoji", "IsEmoji"));

    private final String source;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private EcmaPattern(String source) {
        this.source = source;
    }

    /**
     * The pattern in the words of {@link java.util.regex}.
     *
     * @throws PatternSyntaxException if ECMA-262 has no such pattern
     */
    static String translate(String source) {
        return new EcmaPattern(source).pattern();
    }

    private String pattern() {
        while (at < source.length()) {
            char c = source.charAt(at++);
            switch (c) {
                case '\\' -> escape(false);
                case '[' -> set();
                case '.' -> out.append("[^").append(LINE_ENDS).append(']');
                case '^' -> out.append("\\A");
                case '$' -> out.append("\\z");
                case '(' -> group();
                case '*', '+', '?', '{' -> quantifier(c);
                default -> out.append(c == '#' || c == '}' || c == ']' ? "\\" + c : String.valueOf(c));
            }
        }
        return out.toString();
    }

    private void group() {
        out.append('(');
        if (peek() != '?') {
            return;
        }
        char kind = at + 1 < source.length() ? source.charAt(at + 1) : 0;
        if (":=!<".indexOf(kind) < 0) {
            throw wrong("there is no such group");
        }
        out.append('?').append(kind);
        at += 2;
    }

    private void quantifier(char c) {
        out.append(c);
        if (c == '{') {
            int end = source.indexOf('}', at);
            String counts = end < 0 ? "" : source.substring(at, end);
            if (!counts.matches("\\d{1,9}(,\\d{0,9})?")) {
                throw wrong("a lone brace");
            }
            out.append(counts).append('}');
            at = end + 1;
        }
        if (peek() == '+') {
            throw wrong("nothing to repeat");
        }
    }

    private void set() {
        if (source.startsWith("]", at)) {
            out.append("(?!)");
            at++;
            return;
        }
        if (source.startsWith("^]", at)) {
            out.append("[\\x{0}-\\x{10ffff}]");
            at += 2;
            return;
        }
        out.append('[');
        if (peek() == '^') {
            out.append('^');
            at++;
        }
        while (true) {
            if (at >= source.length()) {
                throw wrong("a set without an end");
            }
            char c = source.charAt(at++);
            if (c == ']') {
                out.append(']');
                return;
            }
            if (c == '\\') {
                escape(true);
            } else {
                out.append("[&^#~ ".indexOf(c) >= 0 ? "\\" + c : String.valueOf(c));
            }
        }
    }

    private void escape(boolean inSet) {
        if (at >= source.length()) {
            throw wrong("a lone backslash at the end");
        }
        char c = source.charAt(at++);
        switch (c) {
            case 'd', 'D', 'w', 'W', 't', 'n', 'f', 'r' -> out.append('\\').append(c);
            case 'v' -> out.append("\\x0B");
            case 's' -> out.append(inSet ? SPACE : "[" + SPACE + "]");
            case 'S' -> out.append("[^").append(SPACE).append(']');
            case 'b' -> out.append(inSet ? "\\x08" : WORD_EDGE);
            case 'B' -> out.append(NO_WORD_EDGE);
            case '0' -> out.append("\\x00");
            case 'c' -> {
                out.append("\\c").append(Character.toUpperCase(peek()));
                at++;
            }
            case 'x', 'k' -> out.append('\\').append(c);
            case 'u' -> unicode();
            case 'p', 'P' -> property(c);
            default -> {
                if (c >= '1' && c <= '9') {
                    out.append('\\').append(c);
                } else if (Character.isLetter(c)) {
                    throw wrong("there is no such escape");
                } else {
                    out.append(Character.isDigit(c) || c > 0x7f ? String.valueOf(c) : "\\" + c);
                }
            }
        }
    }

    private void unicode() {
        if (peek() == '{') {
            int end = source.indexOf('}', at);
            if (end < 0) {
                throw wrong("a brace without an end");
            }
            out.append("\\x").append(source, at, end + 1);
            at = end + 1;
        } else {
            out.append("\\u");
        }
    }

    private void property(char sign) {
        int end = peek() == '{' ? source.indexOf('}', at) : -1;
        if (end < 0) {
            throw wrong("a property without a name");
        }
        String name = source.substring(at + 1, end);
        String value = name.substring(name.indexOf('=') + 1);
        boolean isCategory = name.startsWith("General_Category=") || name.startsWith("gc=") || value.equals(name);
        String known = isCategory
                ? CATEGORIES.getOrDefault(value, value)
                : name.startsWith("sc=") || name.startsWith("Script=") ? "Is" + value : name;
        out.append('\\').append(sign).append('{').append(known).append('}');
        at = end + 1;
    }

    private char peek() {
        return at < source.length() ? source.charAt(at) : 0;
    }

    private PatternSyntaxException wrong(String what) {
        return new PatternSyntaxException(what, source, at);
    }
}
