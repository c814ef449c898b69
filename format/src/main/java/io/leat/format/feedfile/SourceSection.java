package io.leat.format.feedfile;

import io.leat.core.Feed;
import io.leat.format.Quote;
import io.leat.format.Topics;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

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
                        propertiesNode == null ? Map.of() : properties(propertiesNode)),
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

    private Map<String, String> properties(Node node) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            values.wrongType(node, "a block of keys", "");
            return properties;
        }
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = Section.word(tuple.getKeyNode(), seen, problems);
            if (name != null) {
                String value = property(name, tuple);
                if (value != null) {
                    properties.put(name, value);
                }
            }
        }
        return properties;
    }

    private @Nullable String property(String name, NodeTuple tuple) {
        if (!ClientProperties.ALLOWED.contains(name)) {
            problems.add(
                    tuple.getKeyNode(),
                    ProblemCode.PROPERTY_REFUSED,
                    "The client property '" + Quote.shorten(name) + "' is not allowed.",
                    "The reference of the feed file lists those that are.");
            return null;
        }
        Node node = tuple.getValueNode();
        String value;
        if (node instanceof ScalarNode scalar && isPlainValue(scalar)) {
            value = scalar.getValue();
        } else {
            Text text = values.text(node);
            value = text == null ? null : text.value();
        }
        String refusal = value == null || !name.equals(ClientProperties.JAAS) ? null : ClientProperties.refusal(value);
        if (refusal != null) {
            problems.add(
                    node,
                    ProblemCode.PROPERTY_REFUSED,
                    refusal,
                    "Write one entry with PlainLoginModule, ScramLoginModule or Krb5LoginModule and end it with ';'.");
        }
        return value;
    }

    /** Whether a setting can be taken as it stands: a number, true or false, or the empty text. */
    private static boolean isPlainValue(ScalarNode scalar) {
        return Values.isText(scalar)
                ? scalar.getValue().isEmpty()
                : !scalar.getTag().equals(Tag.NULL);
    }
}
