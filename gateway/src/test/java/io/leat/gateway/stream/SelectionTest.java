package io.leat.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leat.gateway.log.Place;
import io.leat.gateway.log.Told;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {

    private static final String CHANGE = "{\"op\":\"update\",\"key\":[\"s1\",\"k12\",7],\"after\":{\"price\":12.5,"
            + "\"shop\":\"a\",\"sold\":true,\"size\":null,\"a.b\":\"dotted\",\"record\":{\"name\":\"Ünal\"}}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    field.shop          | a     | true
                    field.shop          | A     | false
                    field.price         | 12.5  | true
                    field.price         | 1.25e1 | true
                    field.price         | 12.50 | true
                    field.price         | '"12.5"' | false
                    field.shop          | '"a"' | false
                    field.sold          | true  | true
                    field.size          | null  | true
                    field.absent        | null  | false
                    field.record.name   | Ünal  | true
                    field.a\\.b         | dotted | true
                    field.a.b           | dotted | false
                    field.shop.deeper   | a     | false
                    op                  | update | true
                    op                  | new   | false
                    key_prefix          | s     | true
                    key_prefix          | s1    | true
                    key_prefix          | s12   | false
                    """)
    void aConditionTakesWhatItNames(String name, String value, boolean takes) {
        Selection selection = Selection.of(parameters(name, value));
        assertThat(selection.isAll()).isFalse();
        assertThat(selection.takes(told(CHANGE))).isEqualTo(takes);
    }

    @Test
    void valuesOfOneFieldAreAlternativesAndFieldsHoldTogether() {
        MultiMap wanted = parameters("field.shop", "b", "field.shop", "a", "op", "new", "op", "update");
        assertThat(Selection.of(wanted).takes(told(CHANGE))).isTrue();
        assertThat(Selection.of(wanted.add("field.price", "13")).takes(told(CHANGE)))
                .isFalse();
    }

    @Test
    void onlyTheLastPartOfAPrefixMayBeABeginning() {
        assertThat(Selection.of(parameters("key_prefix", "s1", "key_prefix", "k1"))
                        .takes(told(CHANGE)))
                .isTrue();
        assertThat(Selection.of(parameters("key_prefix", "s", "key_prefix", "k12"))
                        .takes(told(CHANGE)))
                .isFalse();
        MultiMap whole = parameters("key_prefix", "s1", "key_prefix", "k12", "key_prefix", "7");
        assertThat(Selection.of(whole).takes(told(CHANGE))).isTrue();
        assertThat(Selection.of(whole.add("key_prefix", "")).takes(told(CHANGE)))
                .as("a part the key has not")
                .isFalse();
    }

    @Test
    void whoAsksForNothingGetsAllAndWhoAsksGetsNothingUnreadable() {
        Selection all = Selection.of(parameters("since", "now"));
        assertThat(all.isAll()).isTrue();
        assertThat(all.takes(told("no JSON"))).isTrue();
        assertThat(Selection.of(parameters("op", "new")).takes(told("no JSON"))).isFalse();
    }

    @Test
    void whoAsksForAFieldLearnsWhatIsGone() {
        Selection shop = Selection.of(parameters("field.shop", "a"));
        assertThat(shop.takes(told("{\"op\":\"gone\",\"before\":{\"price\":1},\"after\":null}")))
                .isTrue();
        assertThat(shop.takes(told("{\"op\":\"gone\",\"before\":{\"shop\":\"a\"},\"after\":null}")))
                .isTrue();
        assertThat(shop.takes(told("{\"op\":\"gone\",\"before\":{\"shop\":\"b\"},\"after\":null}")))
                .as("it was another's")
                .isFalse();
        assertThat(shop.takes(told("{\"op\":\"new\",\"before\":null,\"after\":{}}")))
                .isFalse();
    }

    @Test
    void whatIsNoConditionIsRefusedWithoutAnEcho() {
        for (MultiMap wrong : new MultiMap[] {
            parameters("op", "<script>"), parameters("field.", "a"), parameters("field.<script>\\", "a")
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Selection.of(wrong))
                    .withMessageNotContaining("script");
        }
        MultiMap many = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < 32; i++) {
            many.add("field.f" + i % 4, "v" + i);
        }
        assertThat(Selection.of(many).isAll()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Selection.of(many.add("field.f0", "one more")));
    }

    private static MultiMap parameters(String... namesAndValues) {
        MultiMap parameters = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return parameters;
    }

    private static Told told(String value) {
        return new Told(0, 0, new byte[0], value.getBytes(StandardCharsets.UTF_8), Place.at(new long[] {1}));
    }
}
