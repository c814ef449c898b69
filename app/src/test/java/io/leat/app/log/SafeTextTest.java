package io.leat.app.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.testkit.PlainJson;
import io.leat.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"\u001b[2J", "a\rb", "a\nb", "\u0007", "\u009b31m", "\u202eevil", "a\u2028b", "\ud800x", "\u200b"
            })
    void nothingThatMovesTheCursorGetsThrough(String text) {
        assertThat(SafeText.of(text).codePoints()).allSatisfy(point -> assertThat(Character.getType(point))
                .isNotIn((int) Character.CONTROL, (int) Character.FORMAT, (int) Character.SURROGATE, (int)
                        Character.LINE_SEPARATOR));
    }

    @Test
    void naughtyStringsAreShownAsText() throws IOException {
        assumeTrue(SharedData.isPresent("naughty strings"));
        byte[] list = Files.readAllBytes(SharedData.corpus("naughty-strings").resolve("blns.json"));
        PlainJson.parse(list).forEach(naughty -> nothingThatMovesTheCursorGetsThrough(naughty.stringValue()));
    }

    @Test
    void textOfAllScriptsStays() {
        String text = "Vélib' 龍王 M4A4 | Zubastick ½ € 🚲 עברית";
        assertThat(SafeText.of(text)).isEqualTo(text);
    }
}
