package io.leat.format.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * An expression in the Common Expression Language over JSON. All its numbers are exact decimals of one kind, whether they
 * come from a record, a literal or a size: 99 - 19.99 is 79.01 and 7 / 2 is 3.5. Thread-safe.
 */
public final class Expression {

    /** The longest expression, in characters. */
    public static final int LONGEST = 2_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(50)
            .comprehensionMaxIterations(1_000)
            .build();
    private static final CelRuntime RUNTIME = CelRuntimeFactory.legacyCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .addFunctionBindings(Arithmetic.bindings())
            .addFunctionBindings(Texts.bindings())
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final CelRuntime.Program program;
    private final Set<String> names;
    private final Map<String, Decimal> constants;

    private final Set<List<String>> needs;

    private Expression(CelRuntime.Program program, CelAbstractSyntaxTree tree, Map<String, Decimal> constants) {
        this.program = program;
        this.names = Paths.names(tree);
        this.needs = Paths.needed(tree);
        this.constants = constants;
    }

    /** What a name of an expression may be. */
    public enum Type {
        ANY(SimpleType.DYN),
        TEXT(SimpleType.STRING),
        NUMBER(Arithmetic.NUMBER),
        TRUTH(SimpleType.BOOL),
        LIST(ListType.create(SimpleType.DYN)),
        TEXTS(ListType.create(SimpleType.STRING));

        private final CelType type;

        Type(CelType type) {
            this.type = type;
        }
    }

    /**
     * Reads an expression.
     *
     * @param variables what it may speak of
     * @param answer what it has to be
     * @throws IllegalArgumentException if it is none, with one line that says where and why
     */
    public static Expression compile(String text, Map<String, Type> variables, Type answer) {
        try {
            CelAbstractSyntaxTree parsed =
                    compiler(variables, answer, 0).parse(text).getAst();
            Numbers.Unified unified = Numbers.unify(parsed, text);
            CelAbstractSyntaxTree tree = compiler(
                            variables, answer, unified.constants().size())
                    .check(unified.tree())
                    .getAst();
            return new Expression(RUNTIME.createProgram(tree), tree, unified.constants());
        } catch (CelValidationException e) {
            throw new IllegalArgumentException(
                    e.getErrors().isEmpty()
                            ? "it does not compile"
                            : place(e.getErrors().get(0)),
                    e);
        } catch (CelEvaluationException | ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("it does not compile", e);
        }
    }

    private static String place(CelIssue issue) {
        return issue.getSourceLocation().getLine() + ":"
                + (issue.getSourceLocation().getColumn() + 1) + " " + issue.getMessage();
    }

    private static CelCompiler compiler(Map<String, Type> variables, Type answer, int constants) {
        CelCompilerBuilder compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addFunctionDeclarations(Arithmetic.declarations())
                .addFunctionDeclarations(Texts.declarations())
                .setResultType(answer.type);
        variables.forEach((name, type) -> compiler.addVar(name, type.type));
        IntStream.range(0, constants).forEach(number -> compiler.addVar("@n" + number, Arithmetic.NUMBER));
        return compiler.build();
    }

    /** Whether it speaks of a variable. */
    public boolean mentions(String variable) {
        return names.contains(variable);
    }

    /** The paths it reads and does not ask {@code has} of, by their names. */
    public Set<List<String>> needs() {
        return needs;
    }

    /**
     * What it comes to.
     *
     * @param variables those it {@link #mentions}; one that is absent is null
     * @return empty if it has no answer: something it speaks of is absent or of another kind, or JSON has no such value
     */
    public Optional<JsonNode> answer(Map<String, JsonNode> variables) {
        Map<String, Object> values = new HashMap<>(constants);
        for (String name : names) {
            JsonNode node = variables.get(name);
            values.putIfAbsent(name, node == null ? NullValue.NULL_VALUE : value(node));
        }
        try {
            return Optional.ofNullable(node(program.eval(values)));
        } catch (CelEvaluationException | RuntimeException e) {
            return Optional.empty(); // whatever a record makes of an expression is the record's matter
        }
    }

    private static Object value(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> members = new HashMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), value(member.getValue())));
            return members;
        }
        if (node.isArray()) {
            List<Object> entries = new ArrayList<>();
            node.forEach(entry -> entries.add(value(entry)));
            return entries;
        }
        if (node.isNumber()) {
            return new Decimal(node.decimalValue());
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNull() ? NullValue.NULL_VALUE : node.stringValue();
    }

    private static @Nullable JsonNode node(@Nullable Object answer) {
        if (answer instanceof NullValue) {
            return NODES.nullNode();
        }
        if (answer instanceof String text) {
            return NODES.stringNode(text);
        }
        if (answer instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        }
        return answer instanceof Decimal number ? NODES.numberNode(number.value()) : null;
    }
}
