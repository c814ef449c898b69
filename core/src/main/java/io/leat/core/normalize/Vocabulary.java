package io.leat.core.normalize;

import java.util.LinkedHashMap;
import java.util.Map;

/** What normalizers know and how much they read, for the reference. Not for the way of records. */
public final class Vocabulary {

    private Vocabulary() {}

    /**
     * The lines of a table, sorted by key, as the table has them: {@code money}, {@code currencies}, {@code units},
     * {@code booleans}, {@code tracking}.
     *
     * @throws java.util.MissingResourceException if there is no such table
     */
    public static Map<String, String> of(String table) {
        Table lines = Table.of(table);
        Map<String, String> all = new LinkedHashMap<>();
        lines.keys().forEach(key -> all.put(key, lines.text(key)));
        return all;
    }

    /** The longest text that each normalizer reads, in characters. */
    public static Map<String, Integer> longest() {
        Map<String, Integer> longest = new LinkedHashMap<>();
        longest.put("money", Prices.MOST_IN_LINE);
        longest.put("unit_price", Prices.MOST_IN_LINE);
        longest.put("number", Numbers.MOST_CHARACTERS);
        longest.put("availability", Availabilities.MOST_CHARACTERS);
        longest.put("timestamp", Timestamps.MOST_CHARACTERS);
        longest.put("url", Urls.MOST_CHARACTERS);
        longest.put("boolean", Booleans.MOST_CHARACTERS);
        return longest;
    }
}
