package io.leat.format;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.leat.core.FieldPath;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives one field of a scrape another value: {@code price=double(scrape.price) / 100.0}, a field path and an expression in
 * the Common Expression Language over {@code scrape}. Whole numbers below 10^18 stay exact, others are 64-bit. Thread-safe.
 */
public final class Fix {

    private static final int LONGEST = 2_000;
    private static final int EXACT_DIGITS = 18;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(50)
            .comprehensionMaxIterations(1_000)
            .build();
    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("scrape", SimpleType.DYN)
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS).build();

    private final FieldPath field;
    private final CelRuntime.Program program;

    private Fix(FieldPath field, CelRuntime.Program program) {
        this.field = field;
        this.program = program;
    }

    /**
     * Reads {@code PATH=EXPRESSION}.
     *
     * @throws IllegalArgumentException if it is none, with one line that says where and why
     */
    public static Fix parse(String text) {
        int sign = text.indexOf('=');
        if (sign < 1) {
            throw new IllegalArgumentException("a fix is PATH=EXPRESSION");
        }
        try {
            FieldPath field = FieldPath.parse(text.substring(0, sign).strip());
            return new Fix(
                    field,
                    RUNTIME.createProgram(
                            COMPILER.compile(text.substring(sign + 1)).getAst()));
        } catch (CelValidationException e) {
            throw new IllegalArgumentException(
                    e.getErrors().isEmpty()
                            ? "it does not compile"
                            : e.getErrors().get(0).getMessage(),
                    e);
        } catch (CelEvaluationException e) {
            throw new IllegalArgumentException("it does not compile", e);
        }
    }

    /**
     * The scrape with the field's new value.
     *
     * @return empty if there is none: the scrape is no JSON object, or the expression has no answer for it
     */
    public Optional<byte[]> apply(byte[] scrape) {
        try {
            if (!(Json.STRICT.readTree(scrape) instanceof ObjectNode rec)) {
                return Optional.empty();
            }
            JsonNode value = node(program.eval(Map.of("scrape", plain(rec))));
            ObjectNode parent = value == null ? null : parent(rec);
            if (value == null || parent == null) {
                return Optional.empty();
            }
            parent.set(field.names().get(field.names().size() - 1), value);
            return Optional.of(CanonicalJson.of(rec).getBytes(StandardCharsets.UTF_8));
        } catch (CelEvaluationException | JacksonException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private @Nullable ObjectNode parent(ObjectNode rec) {
        ObjectNode at = rec;
        for (String name : field.names().subList(0, field.names().size() - 1)) {
            if (!(at.path(name) instanceof ObjectNode inner)) {
                return null;
            }
            at = inner;
        }
        return at;
    }

    private static Object plain(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> members = new HashMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), plain(member.getValue())));
            return members;
        }
        if (node.isArray()) {
            List<Object> entries = new ArrayList<>();
            node.forEach(entry -> entries.add(plain(entry)));
            return entries;
        }
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            return number.scale() <= 0 && number.precision() - number.scale() <= EXACT_DIGITS
                    ? (Object) number.longValueExact()
                    : (Object) number.doubleValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNull() ? NullValue.NULL_VALUE : node.stringValue();
    }

    /** What an expression answered, as JSON; {@code null} if JSON has no such value. */
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
        if (answer instanceof Long whole) {
            return NODES.numberNode(whole);
        }
        return answer instanceof Double number && !number.isNaN() && !number.isInfinite()
                ? NODES.numberNode(new BigDecimal(number.toString()))
                : null;
    }
}
