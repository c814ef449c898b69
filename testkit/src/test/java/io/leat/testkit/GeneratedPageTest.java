package io.leat.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@DisabledIfSystemProperty(named = "leat.docs.write", matches = "true", disabledReason = "then nothing is stale")
class GeneratedPageTest {

    @TempDir
    private Path dir;

    @Test
    void aStalePageIsSaidWithItsFirstDifference() throws IOException {
        Path page = Files.writeString(dir.resolve("page.md"), "one\ntwo\n");
        assertThatCode(() -> GeneratedPage.check(page, "one\ntwo\n")).doesNotThrowAnyException();
        assertThatThrownBy(() -> GeneratedPage.check(page, "one\nthree\n"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Line 2 is 'two' and should be 'three'");
        assertThatThrownBy(() -> GeneratedPage.check(dir.resolve("none.md"), "one\n"))
                .isInstanceOf(AssertionError.class);
    }
}
