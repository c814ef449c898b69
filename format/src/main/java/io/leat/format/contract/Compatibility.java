package io.leat.format.contract;

import io.leat.core.FieldPath;
import io.leat.core.Limits;
import io.leat.core.Refusal;
import io.leat.format.json.Document;
import io.leat.format.json.DocumentReader;
import io.leat.format.json.JsonKind;
import io.leat.format.json.Name;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a change of contract means for records, read from the two schemas alone. */
public final class Compatibility {

    /** What one difference does. */
    public enum Effect {
        /** A record that kept the old contract may break the new one. */
        NARROWER,
        /** A record may keep the new contract that broke the old one. */
        WIDER,
        /** The schemas alone do not tell. */
        UNCLEAR
    }

    /**
     * One difference.
     *
     * @param field the dotted path, {@code []} for the elements of an array; empty for the record itself
     * @param sentence what changed, in plain words
     */
    public record Difference(Effect effect, String field, String sentence) {}

    private static final List<String> TYPES =
            List.of("object", "array", "string", "number", "integer", "boolean", "null");
    private static final List<String> LOWER =
            List.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties");
    private static final List<String> UPPER =
            List.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties");
    private static final List<String> OPAQUE = List.of("pattern", "format", "multipleOf", "const", "uniqueItems");
    private static final List<String> MADE_OF_SCHEMAS = List.of(
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else",
            "contains",
            "minContains",
            "maxContains",
            "propertyNames",
            "patternProperties",
            "dependentRequired",
            "dependentSchemas",
            "dependencies",
            "prefixItems",
            "additionalItems",
            "unevaluatedProperties",
            "unevaluatedItems");
    private static final int DEEPEST = 32;

    private final Side before;
    private final Side after;
    private final List<Difference> differences = new ArrayList<>();
    private final Set<List<Integer>> seen = new HashSet<>();

    private Compatibility(Side before, Side after) {
        this.before = before;
        this.after = after;
    }

    /**
     * Compares two schemas that compile.
     *
     * @throws IllegalArgumentException if one is no JSON text
     */
    public static List<Difference> between(String before, String after) {
        Compatibility compatibility = new Compatibility(Side.of(before), Side.of(after));
        compatibility.compare(Document.ROOT, Document.ROOT, "", DEEPEST);
        return List.copyOf(compatibility.differences);
    }

    /** The whole in one sentence. */
    public static String verdict(List<Difference> differences) {
        if (differences.isEmpty()) {
            return "The two contracts ask for the same.";
        }
        if (differences.stream().anyMatch(one -> one.effect() == Effect.NARROWER)) {
            return "Not compatible: records that keep the old contract can break the new one.";
        }
        return differences.stream().anyMatch(one -> one.effect() == Effect.UNCLEAR)
                ? "Unclear: try it on records, the schemas alone do not tell."
                : "Compatible: every record that keeps the old contract keeps the new one.";
    }

    private void compare(int oldAt, int newAt, String field, int deepest) {
        int was = before.follow(oldAt);
        int is = after.follow(newAt);
        if (deepest == 0 || !seen.add(List.of(was, is))) {
            return;
        }
        if (before.schema.kind(was) != JsonKind.OBJECT || after.schema.kind(is) != JsonKind.OBJECT) {
            compareWhole(was, is, field);
            return;
        }
        types(was, is, field);
        choices(was, is, field);
        bounds(was, is, field);
        opaque(was, is, field);
        required(was, is, field);
        properties(was, is, field, deepest);
        int oldItems = before.member(was, "items");
        int newItems = after.member(is, "items");
        if (oldItems >= 0 && newItems >= 0 && before.schema.kind(oldItems) != JsonKind.ARRAY) {
            compare(oldItems, newItems, field.isEmpty() ? "[]" : field + ".[]", deepest - 1);
        } else if (before.text(oldItems).isEmpty() != after.text(newItems).isEmpty()) {
            add(
                    oldItems < 0 ? Effect.NARROWER : Effect.WIDER,
                    field,
                    "its elements have %s rules.".formatted(oldItems < 0 ? "new" : "no more"));
        }
    }

    private void compareWhole(int was, int is, String field) {
        String old = before.text(was);
        String now = after.text(is);
        if (old.equals(now)) {
            return;
        }
        Effect effect = now.equals("false") || old.equals("true") || old.isEmpty()
                ? Effect.NARROWER
                : now.equals("true") || now.isEmpty() || old.equals("false") ? Effect.WIDER : Effect.UNCLEAR;
        add(effect, field, effect == Effect.NARROWER ? "less is allowed than before." : "more is allowed than before.");
    }

    private void types(int was, int is, String field) {
        Set<String> old = before.types(was);
        Set<String> now = after.types(is);
        if (!now.containsAll(old)) {
            add(Effect.NARROWER, field, "was %s, must now be %s.".formatted(words(old), words(now)));
        } else if (!old.containsAll(now)) {
            add(Effect.WIDER, field, "was %s, may now be %s.".formatted(words(old), words(now)));
        }
    }

    private static String words(Set<String> types) {
        return types.size() == TYPES.size() ? "anything" : String.join(" or ", types);
    }

    private void choices(int was, int is, String field) {
        Set<String> old = before.texts(was, "enum");
        Set<String> now = after.texts(is, "enum");
        if (old.isEmpty() && now.isEmpty()) {
            return;
        }
        if (old.isEmpty() || (!now.isEmpty() && !now.containsAll(old))) {
            Set<String> gone = new LinkedHashSet<>(old);
            gone.removeAll(now);
            add(
                    Effect.NARROWER,
                    field,
                    old.isEmpty()
                            ? "is now limited to a list of values."
                            : "no longer allows %s.".formatted(String.join(", ", gone)));
        }
        if (now.isEmpty() || (!old.isEmpty() && !old.containsAll(now))) {
            Set<String> more = new LinkedHashSet<>(now);
            more.removeAll(old);
            add(
                    Effect.WIDER,
                    field,
                    now.isEmpty()
                            ? "is no longer limited to a list of values."
                            : "now allows %s too.".formatted(String.join(", ", more)));
        }
    }

    private void bounds(int was, int is, String field) {
        LOWER.forEach(keyword -> bound(was, is, field, keyword, 1));
        UPPER.forEach(keyword -> bound(was, is, field, keyword, -1));
    }

    private void bound(int was, int is, String field, String keyword, int sign) {
        int oldAt = before.member(was, keyword);
        int newAt = after.member(is, keyword);
        if (before.schema.kind(oldAt) != JsonKind.NUMBER && after.schema.kind(newAt) != JsonKind.NUMBER) {
            return;
        }
        if (oldAt < 0 || newAt < 0) {
            add(
                    oldAt < 0 ? Effect.NARROWER : Effect.WIDER,
                    field,
                    oldAt < 0
                            ? "has a new %s of %s.".formatted(keyword, after.text(newAt))
                            : "has no %s of %s any more.".formatted(keyword, before.text(oldAt)));
            return;
        }
        BigDecimal old = before.schema.decimal(oldAt);
        BigDecimal now = after.schema.decimal(newAt);
        int order = now.compareTo(old) * sign;
        if (order != 0) {
            add(
                    order > 0 ? Effect.NARROWER : Effect.WIDER,
                    field,
                    "%s was %s, is now %s.".formatted(keyword, before.text(oldAt), after.text(newAt)));
        }
    }

    private void opaque(int was, int is, String field) {
        for (String keyword : OPAQUE) {
            String old = before.text(before.member(was, keyword));
            String now = after.text(after.member(is, keyword));
            if (!old.equals(now)) {
                Effect effect = old.isEmpty() ? Effect.NARROWER : now.isEmpty() ? Effect.WIDER : Effect.UNCLEAR;
                add(
                        effect,
                        field,
                        old.isEmpty()
                                ? "has a new %s: %s.".formatted(keyword, now)
                                : now.isEmpty()
                                        ? "has no %s any more: %s.".formatted(keyword, old)
                                        : "%s was %s, is now %s.".formatted(keyword, old, now));
            }
        }
        for (String keyword : MADE_OF_SCHEMAS) {
            if (!before.text(before.member(was, keyword)).equals(after.text(after.member(is, keyword)))) {
                add(Effect.UNCLEAR, field, "'%s' has changed.".formatted(keyword));
            }
        }
    }

    private void required(int was, int is, String field) {
        Set<String> old = before.names(was, "required");
        Set<String> now = after.names(is, "required");
        now.stream()
                .filter(name -> !old.contains(name))
                .forEach(name -> add(Effect.NARROWER, below(field, name), "must now be there."));
        old.stream()
                .filter(name -> !now.contains(name))
                .forEach(name -> add(Effect.WIDER, below(field, name), "may now be absent."));
    }

    private void properties(int was, int is, String field, int deepest) {
        Set<String> old = before.members(was, "properties");
        Set<String> now = after.members(is, "properties");
        int oldRest = before.member(was, "additionalProperties");
        int newRest = after.member(is, "additionalProperties");
        Set<String> all = new LinkedHashSet<>(old);
        all.addAll(now);
        for (String name : all) {
            int oldAt = old.contains(name) ? before.member(before.member(was, "properties"), name) : oldRest;
            int newAt = now.contains(name) ? after.member(after.member(is, "properties"), name) : newRest;
            compareMember(oldAt, newAt, below(field, name), deepest);
        }
        compareWhole(oldRest, newRest, below(field, "*"));
    }

    private void compareMember(int oldAt, int newAt, String field, int deepest) {
        if (before.isFalse(oldAt) && !after.isFalse(newAt)) {
            add(Effect.WIDER, field, "is now allowed.");
        } else if (after.isFalse(newAt) && !before.isFalse(oldAt)) {
            add(Effect.NARROWER, field, "is no longer allowed.");
        } else if (oldAt < 0 && newAt >= 0) {
            boolean isFree = after.text(newAt).equals("{}") || after.text(newAt).equals("true");
            add(
                    isFree ? Effect.WIDER : Effect.NARROWER,
                    field,
                    isFree
                            ? "is now declared."
                            : "had no rules, must now be %s where it is there."
                                    .formatted(words(after.types(after.follow(newAt)))));
        } else if (newAt < 0 && oldAt >= 0) {
            add(Effect.WIDER, field, "has no rules any more.");
        } else if (oldAt >= 0) {
            compare(oldAt, newAt, field, deepest - 1);
        }
    }

    private static String below(String field, String name) {
        return (field.isEmpty() ? "" : field + ".") + FieldPath.escaped(name);
    }

    private void add(Effect effect, String field, String sentence) {
        differences.add(new Difference(effect, field, sentence));
    }

    /** One of the two schemas, and how to ask it. */
    private record Side(Document schema, SchemaIndex index) {

        static Side of(String text) {
            DocumentReader reader = new DocumentReader(Limits.WIDEST);
            Refusal refusal = reader.read(text.getBytes(StandardCharsets.UTF_8));
            if (refusal != null) {
                throw new IllegalArgumentException(refusal.message());
            }
            Document schema = reader.document();
            Dialect dialect;
            try {
                dialect = Dialect.of(schema, Document.ROOT);
            } catch (NotCompilable e) {
                dialect = Dialect.DRAFT_2020_12;
            }
            return new Side(schema, new SchemaIndex(schema, dialect));
        }

        int member(int at, String name) {
            return schema.member(at, Name.of(name));
        }

        /** Where a schema that is but a reference leads; itself if that is not within the document. */
        int follow(int at) {
            int target = at;
            for (int i = 0; i < DEEPEST && target >= 0; i++) {
                int reference = member(target, "$ref");
                if (schema.kind(reference) != JsonKind.STRING) {
                    return target;
                }
                try {
                    target = index.target(target, schema.text(reference));
                } catch (NotCompilable e) {
                    return target;
                }
            }
            return target;
        }

        boolean isFalse(int at) {
            return schema.kind(at) == JsonKind.FALSE;
        }

        /** Canonical text, empty where there is nothing. */
        String text(int at) {
            return at < 0 ? "" : schema.canonical(at);
        }

        Set<String> types(int at) {
            int type = member(at, "type");
            Set<String> types = new LinkedHashSet<>(TYPES);
            if (type >= 0) {
                Set<String> named =
                        schema.kind(type) == JsonKind.STRING ? Set.of(schema.text(type)) : names(at, "type");
                types.removeIf(word -> !named.contains(word) && !(word.equals("integer") && named.contains("number")));
            }
            return types;
        }

        Set<String> texts(int at, String keyword) {
            Set<String> texts = new LinkedHashSet<>();
            children(member(at, keyword)).forEach(child -> texts.add(schema.canonical(child)));
            return texts;
        }

        Set<String> names(int at, String keyword) {
            Set<String> names = new LinkedHashSet<>();
            children(member(at, keyword)).forEach(child -> names.add(schema.text(child)));
            return names;
        }

        Set<String> members(int at, String keyword) {
            Set<String> names = new LinkedHashSet<>();
            children(member(at, keyword)).forEach(child -> names.add(schema.name(child)));
            return names;
        }

        private List<Integer> children(int parent) {
            List<Integer> children = new ArrayList<>();
            if (parent >= 0) {
                for (int child = parent + 1; child < schema.after(parent); child = schema.after(child)) {
                    children.add(child);
                }
            }
            return children;
        }
    }
}
