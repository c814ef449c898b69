package io.leat.format.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.core.Feed;
import io.leat.core.Limits;
import io.leat.core.Refusal.Code;
import io.leat.format.json.DocumentReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractTest {

    private static final String SCHEMA =
            """
            {
              "type": "object",
              "required": ["record"],
              "properties": {
                "at": {"type": "string", "format": "date-time"},
                "record": {
                  "type": "object",
                  "required": ["price"],
                  "properties": {
                    "price": {"type": "number", "minimum": 0},
                    "a.b": {"$ref": "#/$defs/word"},
                    "tags": {"type": "array", "items": {"$ref": "#/$defs/word"}}
                  }
                }
              },
              "$defs": {"word": {"type": "string", "minLength": 1, "pattern": "^[a-z]*$"}}
            }
            """;

    private static Breach broken(String record) {
        return broken(SCHEMA, record);
    }

    private static Breach broken(String schema, String record) {
        return broken(Contract.compile(new Feed.ContractSource("v1", schema)), record);
    }

    private static Breach broken(Contract contract, String record) {
        DocumentReader reader = new DocumentReader(Limits.DEFAULT);
        assertThat(reader.read(record.getBytes(StandardCharsets.UTF_8))).isNull();
        return contract.broken(reader.document());
    }

    @Test
    void aRecordThatKeepsItIsLetIn() {
        assertThat(broken("{\"record\": {\"price\": 1.5, \"other\": []}, \"at\": \"2026-01-01T00:00:00Z\"}"))
                .isNull();
    }

    @Test
    void aBreachNamesFieldRuleWhatWasExpectedAndWhatWasFound() {
        assertBreach(broken("{}"), "record", "required", "to be there", "nothing");
        assertBreach(broken("{\"record\": {\"price\": \"12\"}}"), "record.price", "type", "number", "\"12\"");
        assertBreach(broken("{\"record\": {\"price\": -1}}"), "record.price", "minimum", "at least 0", "-1");
        assertBreach(
                broken("{\"record\": {\"price\": 1, \"a.b\": \"\"}}"),
                "record.a\\.b",
                "minLength",
                "at least 1 characters",
                "\"\"");
        assertBreach(
                broken("{\"record\": {\"price\": 1, \"tags\": [\"a\", \"B\"]}}"),
                "record.tags.1",
                "pattern",
                "a text that matches ^[a-z]*$",
                "\"B\"");
        assertBreach(
                broken("{\"record\": {\"price\": 1}, \"at\": \"yesterday\"}"),
                "at",
                "format",
                "a text in the format date-time",
                "\"yesterday\"");
    }

    @Test
    void draft7IsKnownToo() {
        String schema = "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"required\": [\"x\"]}";

        assertThat(broken(schema, "{\"x\": 1}")).isNull();
        assertThat(broken(schema, "{}").code()).isEqualTo(Code.CONTRACT_BROKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"unevaluatedProperties\":{\"type\":[\"string\",\"boolean\"]}"})
    void aPatternThatExplodesEndsTheRecordAndNotTheFeed(String more) {
        String schema = "{\"properties\":{\"a\":{\"pattern\":\"^(.*a){12}$\"}}" + more + "}";
        Contract contract = Contract.compile(new Feed.ContractSource("v1", schema));
        assertThat(contract.isCompiled()).isEqualTo(more.isEmpty());
        long slowest = 0;
        for (String text : new String[] {"a".repeat(60) + "b", "a".repeat(3_000) + "b", "ab".repeat(100_000)}) {
            String record = "{\"a\":\"" + text + "\"}";
            for (int i = 0; i < 5; i++) {
                long begun = System.nanoTime();
                Breach breach = broken(contract, record);
                slowest = Math.max(slowest, System.nanoTime() - begun);
                assertThat(breach.code()).isEqualTo(Code.CONTRACT_TOO_COSTLY);
            }
        }
        assertThat(broken(contract, "{\"a\":\"bababababababababababababa\"}")).isNull();
        System.out.printf("The slowest record with a pattern that explodes took %d ms%n", slowest / 1_000_000);
        assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"unevaluatedProperties\":false"})
    void aNumberOfAnyLengthIsHeldAgainstWholeBounds(String more) {
        Contract contract = Contract.compile(new Feed.ContractSource(
                "v1",
                "{\"properties\":{\"a\":{\"type\":\"integer\",\"minimum\":-5,\"exclusiveMaximum\":12345678901234567890}}"
                        + more + "}"));
        assertThat(contract.isCompiled()).isEqualTo(more.isEmpty());
        for (String kept : new String[] {"-5", "5.0", "9223372036854775808", "12345678901234567889.0"}) {
            assertThat(broken(contract, "{\"a\":" + kept + "}")).as(kept).isNull();
        }
        for (String broken : new String[] {"-6", "-1e30", "1e30", "12345678901234567890", "5.5"}) {
            assertThat(broken(contract, "{\"a\":" + broken + "}").code())
                    .as(broken)
                    .isEqualTo(Code.CONTRACT_BROKEN);
        }
    }

    @Test
    void alternativesThatDoubleAtEveryDepthEndTheRecordToo() {
        String schema = "{\"anyOf\":[{\"items\":{\"$ref\":\"#\"},\"type\":\"array\",\"minItems\":1},"
                + "{\"items\":{\"$ref\":\"#\"},\"type\":\"array\",\"minItems\":1}]}";

        assertThat(broken(schema, "[".repeat(60) + "]".repeat(60)).code()).isEqualTo(Code.CONTRACT_TOO_COSTLY);
    }

    @Test
    void aSchemaThatCannotBeUsedIsRefusedWithASentence() {
        for (String schema : new String[] {
            "[]",
            "{\"type\":\"text\"}",
            "{\"pattern\":\"(\"}",
            "{\"$ref\":\"https://schemas.example/other.json\"}",
            "{\"$ref\":\"#/$defs/absent\"}",
            "{\"$ref\":\"#\"}",
            "{\"$defs\":{\"a\":{\"allOf\":[{\"$ref\":\"#/$defs/b\"}]},\"b\":{\"$ref\":\"#/$defs/a\"}}}",
        }) {
            assertThatThrownBy(() -> Contract.compile(new Feed.ContractSource("v1", schema)))
                    .as(schema)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("(?s)[A-Z'].*");
        }
    }

    private static void assertBreach(Breach breach, String field, String rule, String expected, String found) {
        assertThat(breach).isEqualTo(new Breach(Code.CONTRACT_BROKEN, field, rule, expected, found));
    }
}
