package io.leat.format.feedfile;

import io.leat.core.delivery.Subscription;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the single values of a sink; an absent one is {@code null} or its default. */
final class SinkWords {

    private final Values values;
    private final Problems problems;

    SinkWords(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    @Nullable
    String name(Node node) {
        Text text = values.text(node);
        if (text == null || Subscription.NAME.matcher(text.value()).matches()) {
            return text == null ? null : text.value();
        }
        problems.add(
                node,
                ProblemCode.BAD_SINK_NAME,
                "A sink's name cannot be " + text.shown() + ".",
                "Use 1 to 63 of a-z, 0-9 and '-', and do not start with '-'.");
        return null;
    }

    <E extends Enum<E>> E choice(@Nullable Node node, String what, E[] choices, E fallback) {
        E chosen = node == null ? null : values.choice(node, what, choices);
        return chosen == null ? fallback : chosen;
    }

    boolean yes(@Nullable Node node) {
        if (node == null) {
            return false;
        }
        if (node instanceof org.snakeyaml.engine.v2.nodes.ScalarNode scalar
                && scalar.getTag().equals(org.snakeyaml.engine.v2.nodes.Tag.BOOL)) {
            return scalar.getValue().toLowerCase(Locale.ROOT).equals("true");
        }
        values.wrongType(node, "true or false", "");
        return false;
    }

    @Nullable
    Integer whole(@Nullable Node node, int least, int most) {
        return node == null ? null : values.whole(node, least, most);
    }

    @Nullable
    Duration duration(@Nullable Node node, Duration least, Duration most) {
        return node == null ? null : values.duration(node, least, most);
    }
}
