package io.leat.format.feedfile;

import io.leat.core.Feed;
import io.leat.format.Topics;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code source}. */
final class SourceSection {

    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

    private final Values values;
    private final Problems problems;

    SourceSection(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    /** What the section declares: the topic, and who writes it. */
    record Declared(Feed.Source source, @Nullable Preset preset) {}

    Declared read(@Nullable Node node, String feed) {
        Feed.Source defaults = new Feed.Source(Topics.defaultRaw(feed), Feed.Source.DEFAULT_PARTITIONS, Map.of());
        Section section = node == null ? null : values.section(node, InputKey.SOURCE.path());
        if (section == null) {
            return new Declared(defaults, null);
        }
        Node topicNode = section.get(InputKey.SOURCE_TOPIC);
        String topic = topicNode == null ? null : topic(topicNode, feed);
        Node partitionsNode = section.get(InputKey.SOURCE_PARTITIONS);
        Integer partitions = partitionsNode == null ? null : values.whole(partitionsNode, 1, 10_000);
        Node propertiesNode = section.get(InputKey.SOURCE_PROPERTIES);
        Node presetNode = section.get(InputKey.SOURCE_PRESET);
        return new Declared(
                new Feed.Source(
                        topic == null ? defaults.topic() : topic,
                        partitions == null ? defaults.partitions() : partitions,
                        propertiesNode == null
                                ? Map.of()
                                : new PropertiesSection(
                                                values,
                                                problems,
                                                ClientProperties.ALLOWED,
                                                ClientProperties.LOGIN_MODULES)
                                        .read(propertiesNode)),
                presetNode == null ? null : values.choice(presetNode, "A preset", Preset.values()));
    }

    private @Nullable String topic(Node node, String feed) {
        Text text = values.text(node);
        if (text == null) {
            return null;
        }
        if (!TOPIC.matcher(text.value()).matches()) {
            problems.add(
                    node,
                    ProblemCode.BAD_TOPIC,
                    "A topic's name cannot be " + text.shown() + ".",
                    "Use 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-'.");
            return null;
        }
        if (Topics.of(feed, text.value()).isOwn(text.value())) {
            problems.add(
                    node,
                    ProblemCode.BAD_TOPIC,
                    "The feed writes the topic " + text.shown() + " itself, it cannot read scrapes from it.",
                    "Name the topic the scrapers write.");
            return null;
        }
        return text.value();
    }
}
