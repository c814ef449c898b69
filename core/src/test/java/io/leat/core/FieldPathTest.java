package io.leat.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"price", "record.price", "record.", "a\\.b.c", "a\\\\b", "Nombre total vélos"})
    void theTextIsReadBack(String text) {
        assertThat(FieldPath.parse(text)).hasToString(text);
    }

    @Test
    void aDotThatIsPartOfANameIsEscaped() {
        assertThat(FieldPath.parse("a\\.b.c").names()).isEqualTo(List.of("a.b", "c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\\"})
    void whatIsNoPathIsSaidSo(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> FieldPath.parse(text));
    }
}
