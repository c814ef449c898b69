package io.leat.app.dlq;

import io.leat.core.FieldPath;
import io.leat.format.ChangeJson;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One letter before and after it was mended.
 *
 * @param id its id
 * @param before the fields that fixes give a value to, as JSON, by their path; absent ones are missing
 * @param after the same afterwards, where the letter would be an item
 * @param refusal why it would be none; empty if it would be one
 */
public record MendExample(String id, Map<String, String> before, Map<String, String> after, String refusal) {
    static @Nullable MendExample of(Letter letter, Mend mend, Mend.Outcome outcome) {
        byte[] value = letter.value();
        if (value == null || mend.fields().isEmpty()) {
            return null;
        }
        return outcome instanceof Mend.Mended mended
                ? new MendExample(letter.id(), values(value, mend), values(mended.value(), mend), "")
                : new MendExample(letter.id(), values(value, mend), Map.of(), ((Mend.StillDead) outcome).message());
    }

    private static Map<String, String> values(byte[] scrape, Mend mend) {
        Map<String, String> values = new TreeMap<>();
        try {
            JsonNode whole = ChangeJson.tree(scrape);
            for (FieldPath field : mend.fields()) {
                JsonNode at = whole;
                for (String name : field.names()) {
                    at = at.path(name);
                }
                if (!at.isMissingNode()) {
                    values.put(field.toString(), ChangeJson.text(at));
                }
            }
        } catch (IllegalArgumentException e) {
            return Map.of(); // no JSON: it has no fields
        }
        return values;
    }
}
