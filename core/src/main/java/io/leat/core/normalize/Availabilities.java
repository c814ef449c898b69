package io.leat.core.normalize;

import io.leat.core.normalize.Normalized.Absent;
import io.leat.core.normalize.Normalized.Ambiguous;
import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Normalized.Unparsed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads whether an item can be had, in the words of many languages and shops. */
public final class Availabilities {

    private static final Table WORDS = Table.of("availability");
    private static final Set<String> DENIALS = WORDS.words("denial");
    private static final Map<String, Availability> PHRASES = phrases();
    private static final int LONGEST =
            PHRASES.keySet().stream().mapToInt(String::length).max().orElse(0);
    private static final Pattern SCHEMA_ORG = Pattern.compile("https?://(?:www\\.)?schema\\.org/");
    private static final Pattern COUNT = Pattern.compile("(?<![\\d.,])\\d{1,9}(?![\\d.,]*\\d)");
    private static final int MOST_CHARACTERS = 500;

    private Availabilities() {}

    private record Hit(int from, int to, Availability meaning) {}

    /** Reads a text. */
    public static Normalized<Availability> read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return new Unparsed<>("longer than " + MOST_CHARACTERS + " characters");
        }
        String line = SCHEMA_ORG.matcher(Plain.fold(text)).replaceFirst("");
        if (line.isEmpty()) {
            return new Absent<>();
        }
        if (COUNT.matcher(line).matches()) {
            return read(new BigDecimal(line));
        }
        List<Hit> hits = hits(line);
        Set<Availability> meanings = EnumSet.noneOf(Availability.class);
        hits.forEach(hit -> meanings.add(hit.meaning()));
        if (meanings.contains(Availability.LIMITED)) {
            meanings.remove(Availability.IN_STOCK);
        }
        if (meanings.isEmpty()) {
            return new Unparsed<>("no known words for availability");
        }
        if (meanings.size() > 1) {
            return new Ambiguous<>("words for several states");
        }
        Availability meaning = meanings.iterator().next();
        boolean isThere = meaning == Availability.IN_STOCK || meaning == Availability.LIMITED;
        if (isThere && denies(line, hits)) {
            return new Ambiguous<>("a word of denial beside words that do not deny");
        }
        return new Normal<>(isThere && countsNone(line) ? Availability.OUT_OF_STOCK : meaning);
    }

    /** A number of pieces. */
    public static Normalized<Availability> read(BigDecimal pieces) {
        if (pieces.signum() < 0) {
            return new Unparsed<>("fewer than no pieces");
        }
        return read(pieces.signum() > 0);
    }

    /** Whether it can be had. */
    public static Normalized<Availability> read(boolean isThere) {
        return new Normal<>(isThere ? Availability.IN_STOCK : Availability.OUT_OF_STOCK);
    }

    /** The longest phrases, left to right, none within another. */
    private static List<Hit> hits(String line) {
        List<Hit> hits = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            Hit hit = isWordStart(line, at) ? longestAt(line, at) : null;
            if (hit == null) {
                at++;
            } else {
                hits.add(hit);
                at = hit.to();
            }
        }
        return hits;
    }

    private static @Nullable Hit longestAt(String line, int from) {
        for (int to = Math.min(line.length(), from + LONGEST); to > from; to--) {
            Availability meaning = isWordEnd(line, to) ? PHRASES.get(line.substring(from, to)) : null;
            if (meaning != null) {
                return new Hit(from, to, meaning);
            }
        }
        return null;
    }

    private static boolean denies(String line, List<Hit> hits) {
        StringBuilder rest = new StringBuilder(line);
        hits.forEach(hit -> rest.replace(hit.from(), hit.to(), " ".repeat(hit.to() - hit.from())));
        for (int from = 0; from < rest.length(); from++) {
            for (String denial : DENIALS) {
                int to = from + denial.length();
                if (rest.indexOf(denial, from) == from
                        && isWordStart(rest.toString(), from)
                        && isWordEnd(rest.toString(), to)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean countsNone(String line) {
        Matcher count = COUNT.matcher(line);
        boolean isNone = false;
        while (count.find()) {
            if (Integer.parseInt(count.group()) > 0) {
                return false;
            }
            isNone = true;
        }
        return isNone;
    }

    private static boolean isWordStart(String line, int at) {
        return at == 0 || !isLetter(line.charAt(at - 1)) || isWithoutSpaces(line.charAt(at));
    }

    private static boolean isWordEnd(String line, int at) {
        return at == line.length() || !isLetter(line.charAt(at)) || isWithoutSpaces(line.charAt(at - 1));
    }

    private static boolean isLetter(char c) {
        return Character.isLetter(c) || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    /** Whether words of this script stand without spaces between them. */
    private static boolean isWithoutSpaces(char c) {
        Character.UnicodeScript script = Character.UnicodeScript.of(c);
        return script == Character.UnicodeScript.HAN
                || script == Character.UnicodeScript.HIRAGANA
                || script == Character.UnicodeScript.KATAKANA
                || script == Character.UnicodeScript.HANGUL
                || script == Character.UnicodeScript.THAI;
    }

    private static Map<String, Availability> phrases() {
        Map<String, Availability> phrases = new HashMap<>();
        for (Availability meaning : Availability.values()) {
            WORDS.words(meaning.word()).forEach(phrase -> phrases.put(phrase, meaning));
        }
        return Map.copyOf(phrases);
    }
}
