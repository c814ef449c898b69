package io.leat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.RandomSeed;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LetterPileTest {

    private static final int MOST = 3;
    private static final byte[] LETTER = {1};

    /** Keys; one that begins with a minus was sent. */
    private final List<String> topic = new ArrayList<>();

    @Test
    void theOldestLie() {
        topic.addAll(List.of("a/1", "b/1", "a/2", "a/3", "a/4", "a/5"));
        assertThat(pile()).containsExactly("a/1", "a/2", "a/3");
    }

    @Test
    void thoseBehindManyThatWereSentAreReached() {
        topic.addAll(List.of("a/1", "a/2", "a/3", "a/4", "a/5", "-a/1", "-a/2", "-a/3"));
        assertThat(pile()).containsExactly("a/4", "a/5");
    }

    @Test
    void roomThatBecomesFreeIsNotForOneThatCameLater() {
        topic.addAll(List.of("a/1", "a/2", "a/3", "a/4", "-a/2", "a/5"));
        assertThat(pile()).containsExactly("a/1", "a/3", "a/4");
    }

    @Test
    void inAnyTopicTheOldestOfAllThatLieThereAreFound() {
        RandomSeed seed = RandomSeed.of("letters");
        for (int round = 0; round < 500; round++) {
            RandomGenerator random = seed.round(round).random();
            topic.clear();
            Set<String> lying = new LinkedHashSet<>();
            for (int i = 0; i < 40; i++) {
                String key = "a/" + random.nextInt(15);
                boolean sent = random.nextInt(3) == 0;
                topic.add(sent ? "-" + key : key);
                boolean unused = sent ? lying.remove(key) : lying.add(key);
            }
            assertThat(pile())
                    .as("%s, round %d", seed, round)
                    .containsExactlyElementsOf(lying.stream().limit(MOST).toList());
        }
    }

    private List<String> pile() {
        LetterPile pile = new LetterPile("a/", MOST);
        for (long from = 0; from != LetterPile.DONE; from = pile.next()) {
            for (int offset = (int) from; offset < topic.size(); offset++) {
                String key = topic.get(offset);
                boolean sent = key.startsWith("-");
                pile.take(offset, sent ? key.substring(1) : key, sent ? null : LETTER);
            }
        }
        return List.copyOf(pile.letters().keySet());
    }
}
