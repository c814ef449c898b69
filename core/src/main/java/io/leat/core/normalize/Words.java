package io.leat.core.normalize;

import io.leat.core.normalize.Word.Sense;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words that stand beside figures, from the tables. Thread-safe. */
final class Words {

    static final Words KNOWN = new Words(Table.of("money"), Table.of("units"));

    private static final String POWERS = "times.";

    private final Lexicon<Word> words;
    private final Set<String> free;
    private final Set<String> none;

    /** A word in a line. */
    record Found(Word word, int to) {}

    private Words(Table money, Table units) {
        free = money.words("free");
        none = money.words("none");
        Map<String, Integer> senses = new HashMap<>();
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
        Map<String, Word> meanings = new HashMap<>();
        senses.forEach((word, all) ->
                meanings.put(word, new Word(word, all, powers.getOrDefault(word, 0), measures.get(word))));
        words = Lexicon.of(meanings);
    }

    private static void add(Map<String, Integer> senses, String word, Sense sense) {
        senses.merge(word, sense.bit(), (one, other) -> one | other);
    }

    /** The longest word or phrase that starts here and ends where a word ends; {@code null} if none does. */
    @Nullable
    Found at(String line, int from) {
        int state = Lexicon.START;
        Word word = null;
        int to = from;
        for (int i = from; i < line.length(); i++) {
            state = words.next(state, Scripts.lower(line.charAt(i)));
            if (state < 0) {
                break;
            }
            if (words.isEnd(state) && isEnd(line, i)) {
                word = words.value(state);
                to = i + 1;
            }
        }
        return word == null ? null : new Found(word, to);
    }

    private static boolean isEnd(String line, int last) {
        return !Scripts.isLetter(line, last + 1)
                || !Scripts.isLetter(line.charAt(last))
                || Scripts.isUnspaced(line.charAt(last));
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
