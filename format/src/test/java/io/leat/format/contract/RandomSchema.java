package io.leat.format.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Writes schemas, and values that are neither always right nor always wrong for them. */
final class RandomSchema {

    private static final List<String> NAMES = List.of("a", "b", "c", "a.b", "é");
    private static final List<String> NUMBERS =
            List.of("0", "-0.0", "1", "1.0", "2", "2.5", "-3", "10", "1e1", "0.1", "1e4", "12345678901234567890");
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "ab",
            "abc",
            "Ab",
            "é",
            "😀",
            "12",
            "a\\nb",
            "a\\n",
            "2026-02-07T17:22:01Z",
            "2026-02-30T17:22:01Z",
            "2026-02-07",
            "https://a.example/b?c=d",
            "http://[",
            "x@y.example",
            "127.0.0.1",
            "\\u00a0");
    private static final List<String> PATTERNS = List.of(
            "^a",
            "b$",
            "^[a-z]+$",
            "\\\\d",
            "^\\\\S*$",
            ".",
            "^$",
            "a|b",
            "^(ab?)*c?$",
            "\\\\w\\\\b",
            "^\\\\u0061",
            "[^a]",
            "\\\\s");
    private static final List<String> TYPES =
            List.of("object", "array", "string", "number", "integer", "boolean", "null");
    private static final List<String> FORMATS = List.of(
            "date-time", "date", "time", "uri", "uri-reference", "email", "ipv4", "uuid", "regex", "unheard-of");

    private final RandomGenerator random;
    private final boolean isDraft7;
    private boolean hasDefinition;

    RandomSchema(RandomGenerator random, boolean isDraft7) {
        this.random = random;
        this.isDraft7 = isDraft7;
    }

    /** A whole schema. */
    String document() {
        hasDefinition = random.nextInt(3) == 0;
        List<String> keywords = keywords(3);
        keywords.add("\"$schema\":\""
                + (isDraft7
                        ? "http://json-schema.org/draft-07/schema#"
                        : "https://json-schema.org/draft/2020-12/schema")
                + "\"");
        if (hasDefinition) {
            hasDefinition = false;
            keywords.add("\"definitions\":{\"d\":" + schema(1) + "}");
        }
        return "{" + String.join(",", keywords) + "}";
    }

    /** A value. */
    String value(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 5)) {
            case 0 -> one(List.of("true", "false", "null"));
            case 1, 2 -> one(NUMBERS);
            case 3, 4 -> quoted(one(TEXTS));
            case 5, 6, 7 -> object(depth);
            default -> list(0, 5, random.nextInt(4) > 0, () -> value(depth - 1));
        };
    }

    private String object(int depth) {
        List<String> members = new ArrayList<>();
        for (String name : NAMES) {
            if (random.nextInt(3) > 0) {
                members.add(quoted(name) + ":" + value(depth - 1));
            }
        }
        return "{" + String.join(",", members) + "}";
    }

    private String schema(int depth) {
        return random.nextInt(8) == 0 ? one(List.of("true", "false")) : "{" + String.join(",", keywords(depth)) + "}";
    }

    private List<String> keywords(int depth) {
        List<String> keywords = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            String keyword = random.nextInt(5) < 2 || depth == 0 ? leaf() : branch(depth - 1);
            String name = keyword.substring(0, keyword.indexOf(':'));
            if (keywords.stream().noneMatch(other -> other.startsWith(name + ":"))) {
                keywords.add(keyword);
            }
        }
        return keywords;
    }

    private String leaf() {
        return switch (random.nextInt(17)) {
            case 0, 1 -> "\"type\":" + quoted(one(TYPES));
            case 2 -> "\"type\":[\"string\"," + quoted(one(TYPES.subList(3, 7))) + "]";
            case 3 -> "\"minimum\":" + one(NUMBERS.subList(0, 8));
            case 4 -> "\"exclusiveMaximum\":" + one(NUMBERS.subList(0, 8));
            case 5 -> "\"multipleOf\":" + one(List.of("1", "2", "0.1", "2.5", "0.01"));
            case 6 -> "\"minLength\":" + random.nextInt(3);
            case 7 -> "\"maxLength\":" + random.nextInt(3) + ".0";
            case 8, 9 -> "\"pattern\":" + quoted(one(PATTERNS));
            case 10 -> "\"format\":" + quoted(one(FORMATS));
            case 11 -> "\"required\":[" + quoted(one(NAMES)) + "]";
            case 12 -> "\"enum\":" + list(1, 10, true, () -> value(1));
            case 13 -> "\"const\":" + value(1);
            case 14 -> "\"uniqueItems\":" + (random.nextInt(4) > 0);
            case 15 ->
                quoted(one(List.of("minItems", "maxItems", "minProperties", "maxProperties"))) + ":"
                        + random.nextInt(4);
            default -> hasDefinition ? "\"$ref\":\"#/definitions/d\"" : "\"title\":\"none\"";
        };
    }

    private String branch(int depth) {
        return switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> "\"properties\":" + map(NAMES, depth);
            case 4 -> "\"patternProperties\":" + map(List.of("^a", "b", "^.$"), depth);
            case 5 -> "\"additionalProperties\":" + schema(depth);
            case 6 -> "\"propertyNames\":" + schema(depth);
            case 7 -> "\"items\":" + (isDraft7 && random.nextBoolean() ? schemas(depth) : schema(depth));
            case 8 -> isDraft7 ? tuple(depth) : "\"prefixItems\":" + schemas(depth);
            case 9 -> contains(depth);
            case 10 -> quoted(one(List.of("allOf", "anyOf", "oneOf"))) + ":" + schemas(depth);
            case 11 -> "\"not\":" + schema(depth);
            case 12, 13 -> condition(depth);
            case 14 ->
                isDraft7
                        ? "\"dependencies\":" + map(List.of("a", "b"), depth)
                        : "\"dependentSchemas\":" + map(List.of("a", "b"), depth);
            default -> isDraft7 ? "\"dependencies\":{\"a\":[\"b\"]}" : "\"dependentRequired\":{\"a\":[\"b\"]}";
        };
    }

    private String tuple(int depth) {
        return "\"items\":" + schemas(depth) + ",\"additionalItems\":" + schema(depth);
    }

    private String contains(int depth) {
        String bound =
                isDraft7 ? "" : one(List.of("", ",\"minContains\":0", ",\"minContains\":2", ",\"maxContains\":1"));
        return "\"contains\":" + schema(depth) + bound;
    }

    private String condition(int depth) {
        String branches =
                switch (random.nextInt(3)) {
                    case 0 -> ",\"then\":" + schema(depth);
                    case 1 -> ",\"else\":" + schema(depth);
                    default -> ",\"then\":" + schema(depth) + ",\"else\":" + schema(depth);
                };
        return "\"if\":" + schema(depth) + branches;
    }

    private String map(List<String> names, int depth) {
        List<String> members = new ArrayList<>();
        for (String name : names) {
            if (random.nextInt(2) == 0) {
                members.add(quoted(name) + ":" + schema(depth));
            }
        }
        return "{" + String.join(",", members) + "}";
    }

    private String schemas(int depth) {
        return list(1, 3, true, () -> schema(depth));
    }

    private String list(int least, int most, boolean differ, Supplier<String> element) {
        List<String> elements = new ArrayList<>();
        for (int i = least + random.nextInt(most - least + 1); i > 0; i--) {
            String next = element.get();
            if (!differ || !elements.contains(next)) {
                elements.add(next);
            }
        }
        return "[" + String.join(",", elements) + "]";
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
