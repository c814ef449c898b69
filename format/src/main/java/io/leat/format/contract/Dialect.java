package io.leat.format.contract;

import io.leat.format.json.Document;
import io.leat.format.json.JsonKind;
import io.leat.format.json.Name;

/** Which draft of JSON Schema a schema follows. */
enum Dialect {
    DRAFT_07,
    DRAFT_2020_12;

    private static final Name SCHEMA = Name.of("$schema");

    /** What a schema says of itself; {@link #DRAFT_2020_12} where it is silent. */
    static Dialect of(Document schema, int at) {
        int named = schema.member(at, SCHEMA);
        if (schema.kind(named) != JsonKind.STRING) {
            return DRAFT_2020_12;
        }
        return switch (schema.text(named)) {
            case "http://json-schema.org/draft-07/schema#", "http://json-schema.org/draft-07/schema" -> DRAFT_07;
            case "https://json-schema.org/draft/2020-12/schema", "https://json-schema.org/draft/2020-12/schema#" ->
                DRAFT_2020_12;
            default -> throw new NotCompilable("another dialect");
        };
    }
}
