package io.leat.core.normalize;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The phrases that shops use of their stock, by sense; those of a feed come first. */
final class StockWords {

    private static final Table TABLE = Table.of("availability");
    private static final String ALONE = "alone_";

    private final Lexicon<StockSense> lexicon;
    private final Map<String, Availability> alone;

    private StockWords(Lexicon<StockSense> lexicon, Map<String, Availability> alone) {
        this.lexicon = lexicon;
        this.alone = alone;
    }

    static StockWords with(Map<Availability, List<String>> own) {
        Map<String, StockSense> phrases = new HashMap<>();
        Map<String, Availability> alone = new HashMap<>();
        for (Availability state : Availability.values()) {
            alone.put(StockLine.joined(state.word()), state);
        }
        for (String key : TABLE.keys()) {
            String sense = key.substring(key.indexOf('.') + 1);
            for (String word : TABLE.words(key)) {
                String phrase = StockLine.joined(word);
                if (sense.startsWith(ALONE)) {
                    alone.put(phrase, availability(sense.substring(ALONE.length())));
                } else {
                    StockSense meaning = StockSense.valueOf(sense.toUpperCase(Locale.ROOT));
                    phrases.merge(phrase, meaning, StockSense::careful);
                }
            }
        }
        own.forEach((state, words) -> words.forEach(word -> {
            String phrase = StockLine.of(word);
            alone.put(phrase, state);
            phrases.put(phrase, StockSense.valueOf(state.name()));
        }));
        return new StockWords(Lexicon.of(Accents.optional(phrases)), Map.copyOf(alone));
    }

    private static Availability availability(String word) {
        return Availability.valueOf(word.toUpperCase(Locale.ROOT));
    }

    Map<String, Availability> alone() {
        return alone;
    }

    Lexicon<StockSense> lexicon() {
        return lexicon;
    }

    /** The phrases of each state by language, as the table has them; those of feeds stand under {@code feed}. */
    static Map<String, Map<Availability, String>> phrases() {
        Map<String, Map<Availability, String>> phrases = new TreeMap<>();
        for (String key : TABLE.keys()) {
            int point = key.indexOf('.');
            for (Availability state : Availability.values()) {
                if (key.endsWith("." + state.word())) {
                    phrases.computeIfAbsent(key.substring(0, point), unused -> new EnumMap<>(Availability.class))
                            .put(state, TABLE.text(key));
                }
            }
        }
        return phrases;
    }

    /** The languages the table speaks, sorted. */
    static Collection<String> languages() {
        TreeSet<String> languages = new TreeSet<>();
        TABLE.keys().forEach(key -> languages.add(key.substring(0, key.indexOf('.'))));
        languages.remove("feed");
        return languages;
    }
}
