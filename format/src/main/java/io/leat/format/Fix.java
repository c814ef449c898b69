package io.leat.format;

import io.leat.core.FieldPath;
import io.leat.format.cel.Expression;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives one field of a scrape another value: {@code price=scrape.price / 100}, a field path and an expression in the
 * Common Expression Language over {@code scrape}. All numbers are exact decimals. Thread-safe.
 */
public final class Fix {

    private static final String SCRAPE = "scrape";

    private final FieldPath field;
    private final Expression expression;

    private Fix(FieldPath field, Expression expression) {
        this.field = field;
        this.expression = expression;
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
        FieldPath field = FieldPath.parse(text.substring(0, sign).strip());
        return new Fix(
                field,
                Expression.compile(text.substring(sign + 1), Map.of(SCRAPE, Expression.Type.ANY), Expression.Type.ANY));
    }

    /** The field it gives a value to. */
    public FieldPath field() {
        return field;
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
            JsonNode value = expression.answer(Map.of(SCRAPE, rec)).orElse(null);
            ObjectNode parent = value == null ? null : parent(rec);
            if (value == null || parent == null) {
                return Optional.empty();
            }
            parent.set(field.names().get(field.names().size() - 1), value);
            return Optional.of(CanonicalJson.of(rec).getBytes(StandardCharsets.UTF_8));
        } catch (JacksonException e) {
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
}
