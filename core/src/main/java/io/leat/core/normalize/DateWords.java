package io.leat.core.normalize;

import io.leat.core.normalize.DateWord.Kind;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The words of dates and times in every language of the table. A set of languages is a set of bits. */
final class DateWords {

    /** A zone that an abbreviation names, and the half of the year it names it for. */
    record Abbreviation(ZoneId zone, String season) {}

    static final long ALL = -1L;
    static final int UTC = 0;

    private static final Table TABLE = Table.of("dates");
    private static final List<String> LANGUAGES = languageList();
    private static final List<Abbreviation> ZONES = new ArrayList<>();
    static final Lexicon<DateWord> LEXICON = lexicon();

    /** The languages that write the day first in a date of figures only. */
    static final long DAY_FIRST = bits(TABLE.words("day_first"));

    private DateWords() {}

    static Collection<String> languages() {
        return LANGUAGES;
    }

    /** @throws IllegalArgumentException if one is not known */
    static long bits(Collection<String> languages) {
        long bits = 0;
        for (String language : languages) {
            int index = LANGUAGES.indexOf(language);
            if (index < 0) {
                throw new IllegalArgumentException("no language '" + language + "'");
            }
            bits |= 1L << index;
        }
        return bits;
    }

    static Abbreviation zone(int number) {
        return ZONES.get(number - 1);
    }

    private static List<String> languageList() {
        Set<String> languages = new TreeSet<>();
        for (String key : TABLE.keys()) {
            if (key.indexOf('.') > 0) {
                languages.add(key.substring(0, key.indexOf('.')));
            }
        }
        return List.copyOf(languages);
    }

    private static Lexicon<DateWord> lexicon() {
        Map<String, DateWord> words = new LinkedHashMap<>();
        for (String key : TABLE.keys()) {
            int point = key.indexOf('.');
            if (point > 0) {
                add(key.substring(point + 1), TABLE.text(key), 1L << LANGUAGES.indexOf(key.substring(0, point)), words);
            }
        }
        for (String half : List.of("am", "a.m", "a. m", "pm", "p.m", "p. m")) {
            word(half, words).add(Kind.HALF, half.startsWith("a") ? 0 : 1, ALL);
        }
        for (String utc : List.of("utc", "gmt", "ut", "z")) {
            word(utc, words).add(Kind.ZONE, UTC, ALL);
        }
        for (String zone : Table.parts(TABLE.text("zones"), '|')) {
            List<String> parts = Table.parts(zone, ':');
            ZONES.add(new Abbreviation(ZoneId.of(parts.get(1)), parts.get(2)));
            word(parts.get(0), words).add(Kind.ZONE, ZONES.size(), ALL);
        }
        return Lexicon.of(Accents.optional(words));
    }

    private static void add(String kind, String text, long language, Map<String, DateWord> words) {
        Kind is =
                switch (kind) {
                    case "months" -> Kind.MONTH;
                    case "persian" -> Kind.PERSIAN;
                    case "weekdays" -> Kind.WEEKDAY;
                    case "halves" -> Kind.HALF;
                    case "units" -> Kind.UNIT;
                    case "parts" -> Kind.PART;
                    default -> Kind.FILLER;
                };
        boolean isNumberedFromOne = is == Kind.MONTH || is == Kind.PERSIAN || is == Kind.WEEKDAY;
        String[] members = is == Kind.FILLER ? new String[] {text} : text.split(";", -1);
        for (int i = 0; i < members.length; i++) {
            for (String spelling : Table.parts(members[i], '|')) {
                word(Plain.fold(spelling), words).add(is, i + (isNumberedFromOne ? 1 : 0), language);
            }
        }
    }

    private static DateWord word(String phrase, Map<String, DateWord> words) {
        return words.computeIfAbsent(phrase, unused -> new DateWord());
    }
}
