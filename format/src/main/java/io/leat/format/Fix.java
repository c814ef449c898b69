package io.leat.format;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.leat.core.FieldPath;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
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

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final CelCompiler COMPILER =
            Cel.compiler().addVar("scrape", SimpleType.DYN).build();

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
                    Cel.RUNTIME.createProgram(
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
            JsonNode value = node(program.eval(Map.of("scrape", Cel.value(rec))));
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
