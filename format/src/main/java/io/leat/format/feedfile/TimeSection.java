package io.leat.format.feedfile;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Order;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code time}. */
final class TimeSection {

    private static final String AUTO = "auto";

    private final Values values;

    TimeSection(Values values) {
        this.values = values;
    }

    Feed.@Nullable Time read(Node node) {
        if (!(node instanceof MappingNode)) {
            FieldPath field = values.path(node);
            return field == null
                    ? null
                    : new Feed.Time(field, Feed.Time.Format.RFC3339, null, Feed.Time.DEFAULT_MAX_SKEW);
        }
        Section section = values.section(node, InputKey.TIME.path());
        if (section == null) {
            return null;
        }
        Node fieldNode = section.required(InputKey.TIME_FIELD);
        FieldPath field = fieldNode == null ? null : values.path(fieldNode);
        Node formatNode = section.get(InputKey.TIME_FORMAT);
        Feed.Time.Format format =
                formatNode == null ? null : values.choice(formatNode, "A time format", Feed.Time.Format.values());
        Node tieBreakNode = section.get(InputKey.TIME_TIE_BREAK);
        FieldPath tieBreak = tieBreakNode == null ? null : values.path(tieBreakNode);
        Node skewNode = section.get(InputKey.TIME_MAX_SKEW);
        Duration maxSkew = skewNode == null ? null : values.duration(skewNode, Duration.ZERO, Duration.ofDays(365));
        return field == null
                ? null
                : new Feed.Time(
                        field,
                        format == null ? Feed.Time.Format.RFC3339 : format,
                        tieBreak,
                        maxSkew == null ? Feed.Time.DEFAULT_MAX_SKEW : maxSkew,
                        order(section));
    }

    private Order order(Section section) {
        Order defaults = Order.DEFAULT;
        Node boundNode = section.get(InputKey.TIME_OUT_OF_ORDERNESS);
        Order.Bound bound = boundNode == null ? null : bound(boundNode);
        Node lateNode = section.get(InputKey.TIME_LATE);
        Order.Late late = lateNode == null ? null : values.choice(lateNode, "'late'", Order.Late.values());
        Node idleNode = section.get(InputKey.TIME_IDLE_AFTER);
        Duration idle =
                idleNode == null ? null : values.duration(idleNode, Duration.ofMillis(100), Duration.ofHours(1));
        return new Order(
                bound == null ? defaults.bound() : bound,
                late == null ? defaults.late() : late,
                idle == null ? defaults.idleAfter() : idle);
    }

    private Order.@Nullable Bound bound(Node node) {
        if (node instanceof ScalarNode scalar && scalar.getValue().equals(AUTO)) {
            return new Order.Bound.Learned();
        }
        Duration longest = values.duration(node, Duration.ZERO, Duration.ofHours(1));
        return longest == null ? null : new Order.Bound.Fixed(longest);
    }
}
