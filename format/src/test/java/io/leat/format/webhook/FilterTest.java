package io.leat.format.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.core.FieldPath;
import io.leat.format.ChangeJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FilterTest {

    private static final JsonNode CHANGE = change(
                    """
                    {"id":"a","feed":"f","key":["amazon","B00X"],"seq":2,"op":"update","changed":["price"],
                     "before":{"price":60},"after":{"price":49.5,"stock":true,"n":3,"title":"Ü","none":null},
                     "event_time":"2026-02-07T17:23:19Z","contract":null,"average":{"price":70.5}}""");

    private static JsonNode change(String json) {
        return ChangeJson.tree(json.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode prices(String before, String after, String average) {
        return change("{\"op\":\"update\",\"seq\":2,\"key\":[\"k\"],\"changed\":[\"price\"],\"before\":{\"price\":%s},\"after\":{\"price\":%s,\"list\":[1,2.50,7]},\"average\":{\"price\":%s}}"
                .formatted(before, after, average));
    }

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "before.price - after.price > 5",
                "before.price - after.price == 79.01",
                "after.price < 0.8 * average.price",
                "after.price * 100 == 1999",
                "after.price / 2 == 9.995",
                "before.price / 2 == 49.5",
                "before.price % 10 == 9 && after.price % 1 == 0.99",
                "-after.price < 0 && after.price > -1",
                "after.price in [1, 19.990]",
                "after.list == [1.0, 2.5, 7]",
                "after.list[1] == 2.5 && after.list[seq - 1] == 2.5",
                "size(changed) < 1.5 && changed.size() + seq == 3",
                "after.list.exists_one(n, n > 2 && n < 3)",
                "after.list.filter(n, n > 1).size() == 2",
                "double('1.50') == 1.5 && int('7') == 7 && int(after.price) == 19",
                "string(after.price) == '19.99'",
                "(before.price > 50 ? 1 : 0.5) == 1",
                "timestamp('2026-02-07T17:23:19Z').getFullYear() - 1 == 2025",
                "{'a': 1}['a'] == 1.0"
            })
    void allNumbersAreOneExactKind(String expression) {
        assertThat(Filter.compile(expression).matches(prices("99", "19.99", "25")))
                .as(expression)
                .contains(true);
    }

    @Test
    void numbersBeyondDoubleAreComparedAsTheyAre() {
        JsonNode vast = prices("1e400", "0.1234567890123456789012345", "1.5e-7");
        for (String expression : List.of(
                "before.price > 1e399",
                "before.price == 1e400 && before.price != 1e401",
                "after.price == 0.1234567890123456789012345",
                "after.price != 0.1234567890123456789012346",
                "average.price == 0.00000015",
                "before.price * 2 > before.price",
                "string(average.price) == '0.00000015'")) {
            assertThat(Filter.compile(expression).matches(vast)).as(expression).contains(true);
        }
    }

    @Test
    void anExponentOfAStrangerCostsNoMemory() {
        JsonNode far = prices("1e999999999", "1e-999999999", "3");
        for (String expression : List.of(
                "before.price + after.price > 0",
                "before.price + 1 > 0",
                "before.price % average.price == 0",
                "int(before.price) > 0",
                "before.price * before.price * before.price > 0",
                "after.list[int(average.price)] > 0",
                "before.price / 0 > 1")) {
            assertThat(Filter.compile(expression).matches(far)).as(expression).isEmpty();
        }
        assertThat(Filter.compile("before.price > after.price").matches(far)).contains(true);
    }

    @Test
    void aConditionWithoutAnAnswerIsNotMet() {
        assertThat(Filter.compile("after.missing > 3").matches(CHANGE)).isEmpty();
        assertThat(Filter.compile("after.title > 3").matches(CHANGE)).isEmpty();
        assertThat(Filter.compile("after.price > 50").matches(CHANGE)).isEqualTo(Optional.of(false));
    }

    @Test
    void aKeyThatIsGoneIsToldOnlyToThoseWhoAskForIt() {
        JsonNode gone = change("{\"feed\":\"f\",\"key\":[\"k\"],\"seq\":3,\"op\":\"gone\",\"changed\":[],"
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

    @Test
    void selectedNumbersAreThoseOfTheLog() {
        byte[] selected = WebhookBody.select(
                change("{\"id\":\"a\",\"key\":[1e400],\"seq\":2,\"after\":{\"junk\":1e400,\"long\":0.1234567890123456789012345,\"small\":0.00000015}}"),
                List.of(FieldPath.parse("after.junk"), FieldPath.parse("after.long"), FieldPath.parse("after.small")));
        assertThat(new String(selected, StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"a\",\"key\":[1e400],\"seq\":2,\"after\":{\"junk\":1e400,\"long\":0.1234567890123456789012345,\"small\":0.00000015}}");
    }
}
