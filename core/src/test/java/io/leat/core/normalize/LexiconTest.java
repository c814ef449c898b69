package io.leat.core.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LexiconTest {

    private static final long SEED = Long.getLong("leat.seed", 20_260_207L);
    private static final String LETTERS = "abcqzäßжя日 \u0161\u0e01";

    private final Random random = new Random(SEED);

    @Test
    void itKnowsWhatAMapOfTheSamePhrasesKnows() {
        for (int round = 0; round < 300; round++) {
            Map<String, Integer> phrases = new HashMap<>();
            int size = random.nextInt(60);
            for (int i = 0; i < size; i++) {
                phrases.put(text(1 + random.nextInt(6)), random.nextInt(5));
            }
            Lexicon<Integer> lexicon = Lexicon.of(phrases);
            for (int i = 0; i < 300; i++) {
                String text = text(random.nextInt(7));
                assertThat(value(lexicon, text))
                        .as("seed %s, %s in %s", SEED, text, phrases)
                        .isEqualTo(phrases.get(text));
            }
            phrases.forEach((phrase, meaning) -> assertThat(value(lexicon, phrase))
                    .as("seed %s, %s", SEED, phrase)
                    .isEqualTo(meaning));
        }
    }

    @Test
    void theLongestPhraseThatEndsWithAWordIsFound() {
        Lexicon<String> lexicon = Lexicon.of(Map.of("in", "a", "in stock", "b", "in stock soon", "c", "日", "d"));
        assertThat(found(lexicon, "in stocks", 0)).isEqualTo("a 2");
        assertThat(found(lexicon, "now in stock, soon", 4)).isEqualTo("b 12");
        assertThat(found(lexicon, "in stock soon", 0)).isEqualTo("c 13");
        assertThat(found(lexicon, "日本", 0)).isEqualTo("d 1");
        assertThat(lexicon.longest("index", 0)).isEqualTo(Lexicon.NONE);
        assertThat(lexicon.longest("", 0)).isEqualTo(Lexicon.NONE);
    }

    private static String found(Lexicon<String> lexicon, String line, int from) {
        long found = lexicon.longest(line, from);
        return lexicon.value(found) + " " + Lexicon.end(found);
    }

    private static @Nullable Integer value(Lexicon<Integer> lexicon, String text) {
        int state = Lexicon.START;
        for (int i = 0; i < text.length() && state >= 0; i++) {
            state = lexicon.next(state, text.charAt(i));
        }
        return state < 0 ? null : lexicon.value(state);
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
