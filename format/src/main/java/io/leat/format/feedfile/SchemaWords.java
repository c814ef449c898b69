package io.leat.format.feedfile;

import io.leat.format.Quote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Words in a JSON Schema that are no keywords of it: a validator passes them over, so what they were to say is not checked. */
final class SchemaWords {

    private static final int MOST = 10;
    private static final int DEEPEST = 32;
    private static final Set<String> KEYWORDS = words(
            "$schema $id $ref $anchor $dynamicRef $dynamicAnchor $recursiveRef $recursiveAnchor $vocabulary $comment $defs id"
                    + " definitions title description default examples deprecated readOnly writeOnly type enum const"
                    + " multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern format"
                    + " contentEncoding contentMediaType contentSchema items prefixItems additionalItems unevaluatedItems"
                    + " maxItems minItems uniqueItems contains maxContains minContains maxProperties minProperties required"
                    + " properties patternProperties additionalProperties unevaluatedProperties propertyNames dependencies"
                    + " dependentSchemas dependentRequired allOf anyOf oneOf not if then else");
    /** What holds schemas by name. */
    private static final Set<String> NAMED =
            words("properties patternProperties $defs definitions dependentSchemas dependencies");
    /** What holds a schema, or a list of them. */
    private static final Set<String> NESTED = words(
            "items prefixItems additionalItems unevaluatedItems contains"
                    + " additionalProperties unevaluatedProperties propertyNames allOf anyOf oneOf not if then else contentSchema");

    private static final JsonMapper JSON = new JsonMapper();

    private SchemaWords() {}

    private static Set<String> words(String words) {
        return Set.copyOf(Arrays.asList(words.split(" ")));
    }

    /**
     * A word that is no keyword.
     *
     * @param where the schema it stands in, as names from the outside in; empty for the outermost
     * @param hint what may have been meant
     */
    record Unknown(String word, String where, String hint) {}

    /** The first of them. */
    static List<Unknown> unknown(String schema) {
        List<Unknown> unknown = new ArrayList<>();
        try {
            walk(JSON.readTree(schema), "", 0, unknown);
        } catch (JacksonException e) {
            return List.of(); // it is no schema at all, which is said elsewhere
        }
        return unknown.subList(0, Math.min(MOST, unknown.size()));
    }

    private static void walk(JsonNode schema, String where, int depth, List<Unknown> unknown) {
        if (depth > DEEPEST || unknown.size() >= MOST) {
            return;
        }
        if (schema.isArray()) {
            schema.forEach(each -> walk(each, where, depth + 1, unknown));
            return;
        }
        schema.properties().forEach(member -> {
            String word = member.getKey();
            if (NAMED.contains(word)) {
                member.getValue()
                        .properties()
                        .forEach(named -> walk(named.getValue(), below(where, named.getKey()), depth + 1, unknown));
            } else if (NESTED.contains(word)) {
                walk(member.getValue(), where, depth + 1, unknown);
            } else if (!KEYWORDS.contains(word) && !word.startsWith("x-")) {
                unknown.add(new Unknown(Quote.shorten(word), where, hint(word)));
            }
        });
    }

    private static String below(String where, String name) {
        return where.isEmpty() ? Quote.shorten(name) : where + "." + Quote.shorten(name);
    }

    private static String hint(String word) {
        if (word.equals("nullable")) {
            return "Write \"type\": [\"string\", \"null\"].";
        }
        if (word.equals("actorSpecification") || word.equals("fields") || word.equals("views")) {
            return "A dataset's wrapper is not the schema: give what stands under \"fields\".";
        }
        String near = Spelling.hint(word, KEYWORDS);
        return near.startsWith("Did you mean") ? near : "A word of your own begins with x-.";
    }
}
