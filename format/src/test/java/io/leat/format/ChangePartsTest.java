package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangePartsTest {

    private static final Set<String> NAMES = Set.of("a", "n", "s", "l", "o", "absent");
    private static final String JSON =
            "{\"x\":{\"a\":0},\"a\":null,\"n\":-1.50E+2,\"s\":\"\\u00e4 \\\" ä😀\",\"l\":[ 1,{\"n\":2}],\"y\":\"ä\",\"o\":{\"é\":[]}}";

    @Test
    void membersArePassedOnAsTheyAreSpelled() {
        assertThat(written("a")).isEqualTo("null");
        assertThat(written("n")).isEqualTo("-1.50E+2");
        assertThat(written("s")).isEqualTo("\"\\u00e4 \\\" ä😀\"");
        assertThat(written("l")).isEqualTo("[ 1,{\"n\":2}]");
        assertThat(written("o")).isEqualTo("{\"é\":[]}");
        assertThat(written("absent")).isEqualTo("null");
    }

    @Test
    void andReadWhereThatIsNeeded() {
        ChangeParts parts = ChangeParts.of(JSON.getBytes(StandardCharsets.UTF_8), NAMES);
        assertThat(parts.isObject("o")).isTrue();
        assertThat(parts.isObject("a") || parts.isObject("l") || parts.isObject("absent"))
                .isFalse();
        assertThat(parts.tree("l").path(1).path("n").asInt(0)).isEqualTo(2);
        assertThat(parts.tree("absent").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "{", "{\"a\":}", "{\"a\":[}", "{\"a\":1", "{\"s\":\"", "{\"x\":tru}"})
    void whatIsNoChangeIsSaidSo(String json) {
        assertThatThrownBy(() -> ChangeParts.of(json.getBytes(StandardCharsets.UTF_8), NAMES))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String written(String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ChangeParts.of(JSON.getBytes(StandardCharsets.UTF_8), NAMES).write(name, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
