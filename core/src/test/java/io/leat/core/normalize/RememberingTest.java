package io.leat.core.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.normalize.Normalized.Normal;
import org.junit.jupiter.api.Test;

class RememberingTest {

    private int read;
    private final Remembering<String> memory = new Remembering<>((text, beside) -> {
        read++;
        return new Normal<>(text + "/" + beside);
    });

    @Test
    void aTextIsReadOnceAndAgainWithOtherTextBeside() {
        for (int i = 0; i < 3; i++) {
            assertThat(memory.read("5", "EUR")).isEqualTo(new Normal<>("5/EUR"));
            assertThat(memory.read("5", null)).isEqualTo(new Normal<>("5/null"));
        }
        assertThat(read).isEqualTo(2);
    }

    @Test
    void textsThatNeverRepeatDriveOutNoneThatDoes() {
        memory.read("kept", null);
        memory.read("kept", null);
        for (int i = 0; i < 100_000; i++) {
            memory.read("hostile " + i, null);
        }
        int before = read;
        memory.read("kept", null);
        assertThat(read).isEqualTo(before);
    }

    @Test
    void aLongTextIsNotKept() {
        String text = "x".repeat(Remembering.MOST_CHARACTERS + 1);
        memory.read(text, null);
        memory.read(text, null);
        memory.read("5", text);
        memory.read("5", text);
        assertThat(read).isEqualTo(4);
    }
}
