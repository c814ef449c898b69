package io.leat.format.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.core.FieldPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FilterTest {

    private static final JsonNode CHANGE = new JsonMapper()
            .readTree(
                    """
                    {"id":"a","feed":"f","key":["amazon","B00X"],"seq":2,"op":"update","changed":["price"],
                     "before":{"price":60},"after":{"price":49.5,"stock":true,"n":3,"title":"Ü","none":null},
                     "event_time":"2026-02-07T17:23:19Z","contract":null,"average":{"price":70.5}}""");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "after.price < 50",
                "after.price < before.price && op == 'update'",
                "after.n == 3 && after.n < 3.5",
                "key[0] == 'amazon' && 'price' in changed",
                "after.stock",
                "has(after.title) && !has(after.missing)",
                "after.title.startsWith('Ü')",
                "after.none == null && contract == null",
                "seq >= 2",
                "after.price < 0.8 * average.price"
            })
    void aChangeThatMeetsTheConditionIsTold(String expression) {
        assertThat(Filter.compile(expression).matches(CHANGE)).as(expression).contains(true);
    }

    @Test
    void aConditionWithoutAnAnswerIsNotMet() {
        assertThat(Filter.compile("after.missing > 3").matches(CHANGE)).isEmpty();
        assertThat(Filter.compile("after.title > 3").matches(CHANGE)).isEmpty();
        assertThat(Filter.compile("after.price > 50").matches(CHANGE)).isEqualTo(Optional.of(false));
    }

    @Test
    void aKeyThatIsGoneIsToldOnlyToThoseWhoAskForIt() {
        JsonNode gone = new JsonMapper()
                .readTree("{\"feed\":\"f\",\"key\":[\"k\"],\"seq\":3,\"op\":\"gone\",\"changed\":[],"
                        + "\"before\":{\"price\":49},\"after\":null}");
        Filter silent = Filter.compile("after.price < 50");
        assertThat(silent.matches(gone)).isEmpty();
        assertThat(silent.isSilentAboutGone()).isTrue();
        for (String asks : List.of(
                "op == 'gone' || after.price < 50",
                "after.price < 50 || op == 'gone'",
                "before.price < 50 || after.price < 50")) {
            assertThat(Filter.compile(asks).matches(gone)).as(asks).contains(true);
            assertThat(Filter.compile(asks).isSilentAboutGone()).as(asks).isFalse();
        }
        assertThat(Filter.compile("op != 'gone' && after.price < 50").isSilentAboutGone())
                .isFalse();
        assertThat(Filter.compile("key[0] == 'k'").isSilentAboutGone()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"after.price <", "aftr.price < 50", "'text'", "seq + 1", "op < 3", ""})
    void whatIsNoConditionIsRefusedWithItsPlace(String expression) {
        assertThatThrownBy(() -> Filter.compile(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s)-?\\d+:\\d+ .+");
    }

    @Test
    void onlyTheSelectedFieldsAreTold() {
        byte[] selected = WebhookBody.select(
                CHANGE,
                List.of(FieldPath.parse("after.price"), FieldPath.parse("after.title"), FieldPath.parse("gone.x")));
        assertThat(new String(selected, StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"a\",\"feed\":\"f\",\"key\":[\"amazon\",\"B00X\"],\"seq\":2,\"op\":\"update\","
                        + "\"after\":{\"price\":49.5,\"title\":\"Ü\"}}");
    }
}
