package io.leat.format.feedfile;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code time}. */
final class TimeSection {

    private final Values values;
    private final Problems problems;

    TimeSection(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    Feed.@Nullable Time read(Node node) {
        if (!(node instanceof MappingNode)) {
            FieldPath field = values.path(node);
            return field == null
                    ? null
                    : new Feed.Time(field, Feed.Time.Format.RFC3339, null, Feed.Time.DEFAULT_MAX_SKEW);
        }
        Section section = values.section(node, FeedKey.TIME.path());
        if (section == null) {
            return null;
        }
        Node fieldNode = section.required(FeedKey.TIME_FIELD);
        FieldPath field = fieldNode == null ? null : values.path(fieldNode);
        Node formatNode = section.get(FeedKey.TIME_FORMAT);
        Feed.Time.Format format = formatNode == null ? null : format(formatNode);
        Node tieBreakNode = section.get(FeedKey.TIME_TIE_BREAK);
        FieldPath tieBreak = tieBreakNode == null ? null : values.path(tieBreakNode);
        Node skewNode = section.get(FeedKey.TIME_MAX_SKEW);
        Duration maxSkew = skewNode == null ? null : values.duration(skewNode, Duration.ZERO, Duration.ofDays(365));
        return field == null
                ? null
                : new Feed.Time(
                        field,
                        format == null ? Feed.Time.Format.RFC3339 : format,
                        tieBreak,
                        maxSkew == null ? Feed.Time.DEFAULT_MAX_SKEW : maxSkew);
    }

    private Feed.Time.@Nullable Format format(Node node) {
        Text text = values.text(node);
        if (text == null) {
            return null;
        }
        List<String> words = new ArrayList<>();
        for (Feed.Time.Format format : Feed.Time.Format.values()) {
            if (word(format).equals(text.value())) {
                return format;
            }
            words.add(word(format));
        }
        problems.add(
                node,
                ProblemCode.NOT_A_CHOICE,
                "A time format cannot be " + text.shown() + ".",
                text.filled() ? "Known here: " + String.join(", ", words) + "." : Spelling.hint(text.value(), words));
        return null;
    }

    private static String word(Feed.Time.Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }
}
