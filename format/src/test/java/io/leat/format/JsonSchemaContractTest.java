package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Feed;
import io.leat.core.Refusal;
import org.junit.jupiter.api.Test;

class JsonSchemaContractTest {

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

    private static Refusal broken(String record) {
        return broken(SCHEMA, record);
    }

    private static Refusal broken(String schema, String record) {
        return JsonSchemaContract.compile(new Feed.ContractSource("v1", schema)).broken(Json.STRICT.readTree(record));
    }

    @Test
    void aRecordThatKeepsItIsLetIn() {
        assertThat(broken("{\"record\": {\"price\": 1.5, \"other\": []}, \"at\": \"2026-01-01T00:00:00Z\"}"))
                .isNull();
    }

    @Test
    void aRefusalNamesFieldRuleAndWhatWasFound() {
        assertRefusal(broken("{}"), "record", "required: required property 'record' not found");
        assertRefusal(
                broken("{\"record\": {\"price\": \"12\"}}"),
                "record.price",
                "type: string found, number expected, found \"12\"");
        assertRefusal(
                broken("{\"record\": {\"price\": -1}}"),
                "record.price",
                "minimum: must have a minimum value of 0, found -1");
        assertRefusal(
                broken("{\"record\": {\"price\": 1, \"a.b\": \"\"}}"),
                "record.a\\.b",
                "minLength: must be at least 1 characters long, found \"\"");
        assertRefusal(
                broken("{\"record\": {\"price\": 1, \"tags\": [\"a\", \"B\"]}}"),
                "record.tags.1",
                "pattern: does not match the regex pattern ^[a-z]*$, found \"B\"");
    }

    @Test
    void formatsAreAsserted() {
        assertThat(broken("{\"record\": {\"price\": 1}, \"at\": \"yesterday\"}"))
                .satisfies(refusal -> assertThat(refusal.message()).startsWith("format: "))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("at"));
    }

    @Test
    void theFirstRuleBrokenIsEnough() {
        assertThat(broken("{\"record\": {\"price\": \"x\", \"a.b\": 1, \"tags\": 2}, \"at\": 3}")
                        .field())
                .isNotEmpty();
    }

    @Test
    void whatWasFoundIsShownShortAndWithoutControlCharacters() {
        String message = broken("{\"record\": {\"price\": \"\\u001b" + "x".repeat(5_000) + "\"}}")
                .message();

        assertThat(message).hasSizeLessThan(300).doesNotContain("\u001b");
    }

    @Test
    void draft7IsKnownToo() {
        String schema = "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"required\": [\"x\"]}";

        assertThat(broken(schema, "{\"x\": 1}")).isNull();
        assertThat(broken(schema, "{}").code()).isEqualTo(Refusal.Code.CONTRACT_BROKEN);
    }

    private static void assertRefusal(Refusal refusal, String field, String message) {
        assertThat(refusal).isEqualTo(new Refusal(Refusal.Code.CONTRACT_BROKEN, field, message, "v1"));
    }
}
