package io.leat.core.normalize;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Pattern;

/** A table of words that ships with this package; each says its version. */
final class Table {

    private static final String VERSION = "version";

    private final ResourceBundle bundle;

    private Table(ResourceBundle bundle) {
        this.bundle = bundle;
    }

    /** The table of this name. The machine's own locale decides nothing. */
    static Table of(String name) {
        return new Table(ResourceBundle.getBundle("io.leat.core.normalize." + name, Locale.ROOT));
    }

    int version() {
        return Integer.parseInt(bundle.getString(VERSION));
    }

    /** Every key but the version, sorted. */
    List<String> keys() {
        return bundle.keySet().stream()
                .filter(key -> !key.equals(VERSION))
                .sorted()
                .toList();
    }

    String text(String key) {
        return bundle.getString(key);
    }

    boolean has(String key) {
        return bundle.containsKey(key) && !key.equals(VERSION);
    }

    /** The words of a key, folded. */
    Set<String> words(String key) {
        Set<String> words = new LinkedHashSet<>();
        for (String word : parts(text(key), '|')) {
            words.add(Plain.fold(word));
        }
        return words;
    }

    /** The parts of a text, trimmed, empty ones left out. */
    static List<String> parts(String text, char separator) {
        return Arrays.stream(text.split(Pattern.quote(String.valueOf(separator)), -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
