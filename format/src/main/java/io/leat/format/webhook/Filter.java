package io.leat.format.webhook;

import io.leat.format.cel.Expression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A condition on changes in the Common Expression Language: {@code after.price < 50 && op != 'new'}. Its numbers are exact
 * decimals of one kind. Thread-safe.
 */
public final class Filter {

    /** The longest expression, in characters. */
    public static final int LONGEST = Expression.LONGEST;

    /** What a person is told of one that {@link #isSilentAboutGone}. */
    public static final String SILENT_ABOUT_GONE =
            "The condition reads 'after', which a key that is gone does not have: that is not told.";

    private static final Map<String, Expression.Type> VARIABLES = Map.of(
            "feed", Expression.Type.TEXT,
            "key", Expression.Type.LIST,
            "seq", Expression.Type.NUMBER,
            "op", Expression.Type.TEXT,
            "changed", Expression.Type.TEXTS,
            "before", Expression.Type.ANY,
            "after", Expression.Type.ANY,
            "event_time", Expression.Type.TEXT,
            "contract", Expression.Type.ANY,
            "average", Expression.Type.ANY);

    private final Expression expression;

    private Filter(Expression expression) {
        this.expression = expression;
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException if it is none, with one line that says where and why
     */
    public static Filter compile(String expression) {
        return new Filter(Expression.compile(expression, VARIABLES, Expression.Type.TRUTH));
    }

    /**
     * Whether it has no answer for {@code gone} and {@code reset} and may not mean that: it reads {@code after}, which is
     * null there, and looks neither at {@code op} nor at {@code before}.
     */
    public boolean isSilentAboutGone() {
        return expression.mentions("after") && !expression.mentions("op") && !expression.mentions("before");
    }

    /** What of a change it reads without asking whether it is there, as the names of paths: {@code before}, {@code price}. */
    public Set<List<String>> needs() {
        return expression.needs();
    }

    /**
     * Whether the change meets the condition.
     *
     * @param change as it stands in the log
     * @return empty if there is no answer: a field it names is absent, or of another kind
     */
    public Optional<Boolean> matches(JsonNode change) {
        Map<String, JsonNode> variables = new LinkedHashMap<>();
        change.properties().forEach(member -> variables.put(member.getKey(), member.getValue()));
        return expression.answer(variables).filter(JsonNode::isBoolean).map(JsonNode::booleanValue);
    }
}
