package io.leat.core.normalize;

import io.leat.core.normalize.Word.Sense;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words that stand beside figures, from the tables. Thread-safe. */
final class Words {

    static final Words KNOWN = new Words(Table.of("money"), Table.of("units"));

    private static final String POWERS = "times.";

    private final Trie<Word> words = new Trie<>();
    private final Set<String> free;
    private final Set<String> none;

    /** A word in a line. */
    record Found(Word word, int to) {}

    private Words(Table money, Table units) {
        free = money.words("free");
        none = money.words("none");
        Map<String, EnumSet<Sense>> senses = new HashMap<>();
        Map<String, Integer> powers = new HashMap<>();
        Map<String, Unit> measures = new HashMap<>();
        for (Sense sense : Sense.values()) {
            String key = sense.name().toLowerCase(Locale.ROOT);
            if (money.has(key)) {
                money.words(key).forEach(word -> add(senses, word, sense));
            }
        }
        for (String key : money.keys()) {
            if (key.startsWith(POWERS)) {
                for (String word : money.words(key)) {
                    add(senses, word, Sense.TIMES);
                    powers.put(word, Integer.parseInt(key.substring(POWERS.length())));
                }
            }
        }
        for (String key : units.keys()) {
            String word = Plain.fold(key.replace('_', ' '));
            String[] meaning = units.text(key).split(";", -1);
            measures.put(word, new Unit(meaning[0], new BigDecimal(meaning[1])));
            add(senses, word, Sense.UNIT);
        }
        senses.forEach((word, all) -> words.add(
                word,
                new Word(word, Collections.unmodifiableSet(all), powers.getOrDefault(word, 0), measures.get(word))));
    }

    private static void add(Map<String, EnumSet<Sense>> senses, String word, Sense sense) {
        senses.computeIfAbsent(word, w -> EnumSet.noneOf(Sense.class)).add(sense);
    }

    /** The longest word or phrase that starts here and ends where a word ends; {@code null} if none does. */
    @Nullable
    Found at(String line, int from) {
        Trie<Word> at = words;
        Found found = null;
        for (int i = from; i < line.length(); i++) {
            at = at.next(lower(line.charAt(i)));
            if (at == null) {
                break;
            }
            Word word = at.value();
            boolean isEnd = !Scripts.isLetter(line, i + 1)
                    || !Scripts.isLetter(line.charAt(i))
                    || Scripts.isUnspaced(line.charAt(i));
            if (word != null && isEnd) {
                found = new Found(word, i + 1);
            }
        }
        return found;
    }

    private static char lower(char c) {
        return c < 0x80 ? (c >= 'A' && c <= 'Z' ? (char) (c + ' ') : c) : Character.toLowerCase(c);
    }

    /** Whether the whole text says that it costs nothing. */
    boolean isFree(String line) {
        int end = line.length();
        while (end > 0 && "!.* ".indexOf(line.charAt(end - 1)) >= 0) {
            end--;
        }
        return free.contains(line.substring(0, end).toLowerCase(Locale.ROOT));
    }

    /** Whether the whole text says that no value is told. */
    boolean isNone(String line) {
        return line.isEmpty() || none.contains(line.toLowerCase(Locale.ROOT));
    }
}
