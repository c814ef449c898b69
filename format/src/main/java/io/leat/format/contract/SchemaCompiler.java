package io.leat.format.contract;

import io.leat.format.json.Document;
import io.leat.format.json.JsonKind;
import io.leat.format.json.Name;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the schemas of a document into checks. The document is known to be a schema of its dialect. */
final class SchemaCompiler {

    private static final List<String> FOREIGN = List.of("$dynamicRef", "$recursiveRef");
    private static final List<String> UNEVALUATED = List.of("unevaluatedProperties", "unevaluatedItems");
    private static final List<String> CONTENT = List.of("contentEncoding", "contentMediaType");
    private static final List<String> BOUNDS = List.of("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum");

    private final Document schema;
    private final boolean assertsFormats;
    private final Steps steps;
    private final boolean isDraft7;
    private final SchemaIndex index;
    private final Map<Integer, Ref> refs = new HashMap<>();
    private final Deque<Integer> due = new ArrayDeque<>();

    SchemaCompiler(Document schema, boolean assertsFormats, Steps steps) {
        this.schema = schema;
        this.assertsFormats = assertsFormats;
        this.steps = steps;
        Dialect dialect = Dialect.of(schema, Document.ROOT);
        this.isDraft7 = dialect == Dialect.DRAFT_07;
        this.index = new SchemaIndex(schema, dialect);
    }

    /**
     * The whole schema as one check.
     *
     * @throws NotCompilable if it uses what is left to a general validator
     * @throws IllegalArgumentException if it has a pattern that is none, or refers to itself without end
     */
    Check compile() {
        new Loops(schema, index, isDraft7).refuse();
        Check root = check(Document.ROOT);
        while (!due.isEmpty()) {
            int target = due.pop();
            reference(target).leadTo(check(target));
        }
        return root;
    }

    private Ref reference(int target) {
        Ref known = refs.get(target);
        if (known == null) {
            known = new Ref();
            refs.put(target, known);
            due.push(target);
        }
        return known;
    }

    private Check check(int at) {
        return check(at, "false", "no value at all");
    }

    /** One schema; {@code false} breaks the given rule. */
    private Check check(int at, String rule, String expected) {
        JsonKind kind = schema.kind(at);
        if (kind == JsonKind.TRUE) {
            return Check.NOTHING;
        }
        if (kind == JsonKind.FALSE) {
            return (document, value, trial) -> trial.breaks(value, rule, expected);
        }
        return rules(at);
    }

    private Check rules(int at) {
        refuseForeign(at);
        int reference = member(at, "$ref");
        Check referred = reference < 0 ? Check.NOTHING : reference(index.target(at, schema.text(reference)));
        if (isDraft7 && reference >= 0) {
            return referred;
        }
        List<Check> checks = new ArrayList<>();
        ofAnything(at, checks);
        ofNumbersAndTexts(at, checks);
        ofObjects(at, checks);
        ofArrays(at, checks);
        ofSchemas(at, checks);
        checks.add(referred);
        return Logic.all(checks);
    }

    private void refuseForeign(int at) {
        for (String keyword : FOREIGN) {
            if (!isDraft7 && member(at, keyword) >= 0) {
                throw new NotCompilable(keyword);
            }
        }
        for (String keyword : UNEVALUATED) {
            if (!isDraft7 && member(at, keyword) >= 0 && schema.kind(member(at, keyword)) != JsonKind.TRUE) {
                throw new NotCompilable(keyword);
            }
        }
        for (String keyword : CONTENT) {
            if (isDraft7 && member(at, keyword) >= 0) {
                throw new NotCompilable(keyword);
            }
        }
    }

    private void ofAnything(int at, List<Check> checks) {
        int type = member(at, "type");
        if (type >= 0) {
            checks.add(new TypeCheck(schema.kind(type) == JsonKind.STRING ? List.of(schema.text(type)) : texts(type)));
        }
        int constant = member(at, "const");
        if (constant >= 0) {
            checks.add(new Constants("const", schema, new int[] {constant}));
        }
        int list = member(at, "enum");
        if (list >= 0) {
            checks.add(new Constants(
                    "enum", schema, children(list).stream().mapToInt(i -> i).toArray()));
        }
    }

    private void ofNumbersAndTexts(int at, List<Check> checks) {
        for (String bound : BOUNDS) {
            int number = member(at, bound);
            if (number >= 0) {
                checks.add(NumberCheck.of(bound, number(number)));
            }
        }
        int step = member(at, "multipleOf");
        if (step >= 0) {
            checks.add(NumberCheck.multipleOf(number(step)));
        }
        long least = count(at, "minLength", 0);
        long most = count(at, "maxLength", Long.MAX_VALUE);
        if (least > 0) {
            checks.add(TextChecks.atLeast(least));
        }
        if (most < Long.MAX_VALUE) {
            checks.add(TextChecks.atMost(most));
        }
        int pattern = member(at, "pattern");
        if (pattern >= 0) {
            checks.add(TextChecks.pattern(TextPattern.of(schema.text(pattern), steps)));
        }
        int format = member(at, "format");
        TextFormat known = schema.kind(format) == JsonKind.STRING ? TextFormat.of(schema.text(format)) : null;
        if (known != null && assertsFormats) {
            checks.add(TextChecks.format(known));
        }
    }

    private void ofObjects(int at, List<Check> checks) {
        sizes(at, JsonKind.OBJECT, "minProperties", "maxProperties", checks);
        Map<String, Check> properties = new LinkedHashMap<>();
        members(at, "properties", (name, value) -> properties.put(name, check(value, "properties", "not to be there")));
        List<ObjectCheck.NamedLike> patterns = new ArrayList<>();
        members(
                at,
                "patternProperties",
                (name, value) -> patterns.add(new ObjectCheck.NamedLike(
                        TextPattern.of(name, steps), check(value, "patternProperties", "not to be there"))));
        int additional = member(at, "additionalProperties");
        Check rest = additional < 0 ? Check.NOTHING : check(additional, "additionalProperties", "not to be there");
        List<String> required = member(at, "required") < 0 ? List.of() : texts(member(at, "required"));
        if (!properties.isEmpty() || !patterns.isEmpty() || rest != Check.NOTHING || !required.isEmpty()) {
            checks.add(new ObjectCheck(properties, patterns, rest, required));
        }
        int names = member(at, "propertyNames");
        if (names >= 0) {
            checks.add(Dependencies.propertyNames(check(names)));
        }
        for (String keyword : isDraft7 ? List.of("dependencies") : List.of("dependentRequired", "dependentSchemas")) {
            members(
                    at,
                    keyword,
                    (name, value) -> checks.add(
                            schema.kind(value) == JsonKind.ARRAY
                                    ? Dependencies.names(keyword, name, texts(value))
                                    : Dependencies.schema(name, check(value))));
        }
    }

    private void ofArrays(int at, List<Check> checks) {
        sizes(at, JsonKind.ARRAY, "minItems", "maxItems", checks);
        int items = member(at, "items");
        boolean isTuple = isDraft7 && schema.kind(items) == JsonKind.ARRAY;
        int first = isDraft7 ? (isTuple ? items : Document.NONE) : member(at, "prefixItems");
        int rest = isTuple ? member(at, "additionalItems") : items;
        List<Check> prefix = first < 0 ? List.of() : schemas(first);
        Check others = rest < 0 ? Check.NOTHING : check(rest, isTuple ? "additionalItems" : "items", "not to be there");
        if (!prefix.isEmpty() || others != Check.NOTHING) {
            checks.add(ArrayCheck.elements(prefix, others));
        }
        int contains = member(at, "contains");
        if (contains >= 0) {
            long least = isDraft7 ? 1 : count(at, "minContains", 1);
            long most = isDraft7 ? Long.MAX_VALUE : count(at, "maxContains", Long.MAX_VALUE);
            checks.add(ArrayCheck.contains(check(contains), least, most));
        }
        if (schema.kind(member(at, "uniqueItems")) == JsonKind.TRUE) {
            checks.add(ArrayCheck.unique());
        }
    }

    private void ofSchemas(int at, List<Check> checks) {
        int all = member(at, "allOf");
        if (all >= 0) {
            checks.addAll(schemas(all));
        }
        int any = member(at, "anyOf");
        if (any >= 0) {
            checks.add(Logic.any(schemas(any)));
        }
        int one = member(at, "oneOf");
        if (one >= 0) {
            checks.add(Logic.one(schemas(one)));
        }
        int not = member(at, "not");
        if (not >= 0) {
            checks.add(Logic.not(check(not)));
        }
        int condition = member(at, "if");
        int then = member(at, "then");
        int otherwise = member(at, "else");
        if (condition >= 0 && (then >= 0 || otherwise >= 0)) {
            checks.add(Logic.when(
                    check(condition),
                    then < 0 ? Check.NOTHING : check(then),
                    otherwise < 0 ? Check.NOTHING : check(otherwise)));
        }
    }

    private void sizes(int at, JsonKind kind, String least, String most, List<Check> checks) {
        if (member(at, least) >= 0) {
            checks.add(TextChecks.size(least, kind, count(at, least, 0), Long.MAX_VALUE));
        }
        if (member(at, most) >= 0) {
            checks.add(TextChecks.size(most, kind, 0, count(at, most, Long.MAX_VALUE)));
        }
    }

    private int member(int at, String keyword) {
        return schema.member(at, Name.of(keyword));
    }

    private List<Check> schemas(int list) {
        return children(list).stream().map(this::check).toList();
    }

    private List<Integer> children(int parent) {
        List<Integer> children = new ArrayList<>();
        for (int child = parent + 1; child < schema.after(parent); child = schema.after(child)) {
            children.add(child);
        }
        return children;
    }

    private List<String> texts(int list) {
        return children(list).stream().map(schema::text).toList();
    }

    private void members(int at, String keyword, MemberTaker taker) {
        int object = member(at, keyword);
        if (schema.kind(object) == JsonKind.OBJECT) {
            children(object).forEach(child -> taker.take(schema.name(child), child));
        }
    }

    private BigDecimal number(int value) {
        if (schema.kind(value) != JsonKind.NUMBER) {
            throw new NotCompilable("a bound that is no number");
        }
        return schema.decimal(value);
    }

    private long count(int at, String keyword, long fallback) {
        int value = member(at, keyword);
        return value < 0
                ? fallback
                : number(value).min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
    }

    private interface MemberTaker {
        void take(String name, int value);
    }
}
