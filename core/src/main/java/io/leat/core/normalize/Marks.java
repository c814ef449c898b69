package io.leat.core.normalize;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the mark of a currency that starts at a place of a line. Thread-safe. */
final class Marks {

    /** Codes that are words: they count only in capitals. */
    static final Set<String> WORDS = Set.of(
            "ALL", "TOP", "MAD", "CUP", "TRY", "PEN", "COP", "MOP", "GEL", "SOS", "BAM", "SAR", "RON", "LAK", "AMD",
            "ANG", "BOB", "DOP", "ERN", "GIP", "MUR", "NAD", "PAB", "STN", "ETB", "SHP", "BIF", "LEK", "MOB", "VES",
            "CHE", "COU", "DEM", "ESP", "FIM", "IMP", "KID", "PRB", "SIT", "STD", "USN");

    private static final int MIN_FOLDED = 3;
    private static final int CODE = 3;

    private final Lexicon<Mark> exact;
    private final Lexicon<Mark> folded;
    private final Map<String, Mark> signs;
    private final Set<String> codes;

    /**
     * A mark in a line.
     *
     * @param to where it ends
     */
    record Found(Mark mark, int to) {}

    /**
     * All marks of a table.
     *
     * @param marks by how they are written; a blank may also stand between letters and a sign
     * @param codes those of ISO 4217
     */
    Marks(Map<String, Mark> marks, Set<String> codes) {
        this.codes = Set.copyOf(codes);
        this.signs = Map.copyOf(marks);
        Map<String, Mark> spaced = new HashMap<>(marks);
        Map<String, Mark> small = new HashMap<>();
        marks.forEach((text, mark) -> {
            if (text.equals(text.toLowerCase(Locale.ROOT)) && mayFold(text)) {
                small.put(text, mark);
            }
        });
        marks.forEach((text, mark) -> {
            for (int i = 1; i < text.length(); i++) {
                if (Mark.isSign(text.charAt(i)) != Mark.isSign(text.charAt(i - 1))
                        && text.indexOf(' ') < 0
                        && !isPunctuation(text.charAt(i))) {
                    spaced.putIfAbsent(text.substring(0, i) + ' ' + text.substring(i), mark);
                }
            }
        });
        exact = Lexicon.of(spaced);
        folded = Lexicon.of(small);
    }

    /** The longest mark that starts here and ends where a word may end; {@code null} if there is none. */
    @Nullable
    Found at(String line, int from) {
        Found found = walk(exact, line, from, false);
        Found other = walk(folded, line, from, true);
        if (found == null || other != null && other.to() > found.to()) {
            found = other;
        }
        return found != null ? found : unknownSign(line, from);
    }

    /** The mark that is the whole text; {@code null} if it is none. */
    @Nullable
    Mark of(String text) {
        Found found = text.isEmpty() ? null : at(text, 0);
        return found != null && found.to() == text.length() ? found.mark() : null;
    }

    private @Nullable Found walk(Lexicon<Mark> marks, String line, int from, boolean isFolded) {
        int state = Lexicon.START;
        Mark mark = null;
        int to = from;
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            state = marks.next(state, isFolded ? Scripts.lower(c) : c);
            if (state < 0) {
                break;
            }
            boolean isMark =
                    marks.isEnd(state) && isEnd(line, i + 1) && !(isFolded && isOtherThanCode(line, from, i + 1));
            if (isMark) {
                mark = marks.value(state);
                to = i + 1;
            }
        }
        return mark == null ? null : new Found(mark, to);
    }

    /** What Unicode calls the sign of a currency is one, though no currency of the table has it. */
    private @Nullable Found unknownSign(String line, int from) {
        char c = line.charAt(from);
        if (!Mark.isSign(c)) {
            return null;
        }
        Mark known = signs.get(String.valueOf(c));
        return new Found(known == null ? Mark.unknown(c) : known, from + 1);
    }

    private static boolean isEnd(String line, int at) {
        return at == line.length()
                || !isLetter(line.charAt(at - 1))
                || !isLetter(line.charAt(at))
                || Scripts.isUnspaced(line.charAt(at));
    }

    private static boolean isLetter(char c) {
        return Scripts.isLetter(c);
    }

    private static boolean isPunctuation(char c) {
        return c == '.' || c == '/' || c == '\'' || c == '=';
    }

    private static boolean mayFold(String text) {
        return text.length() >= MIN_FOLDED || text.chars().anyMatch(c -> c > 0x7f);
    }

    /** A word that only looks like a code ("Top"), or a code's hundredth part ("GBp" is a penny). */
    private boolean isOtherThanCode(String line, int from, int to) {
        if (to - from != CODE) {
            return false;
        }
        String capitals = line.substring(from, to).toUpperCase(Locale.ROOT);
        boolean isSpelled =
                Character.isLowerCase(line.charAt(from + 1)) && Character.isLowerCase(line.charAt(from + 2));
        return codes.contains(capitals) && (WORDS.contains(capitals) || !isSpelled);
    }
}
