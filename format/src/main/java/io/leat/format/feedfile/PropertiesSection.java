package io.leat.format.feedfile;

import io.leat.format.Quote;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads settings of Kafka clients. */
final class PropertiesSection {

    private final Values values;
    private final Problems problems;
    private final List<String> allowed;
    private final Collection<String> loginModules;

    /**
     * @param allowed the settings
     * @param loginModules the classes that a login may name
     */
    PropertiesSection(Values values, Problems problems, List<String> allowed, Collection<String> loginModules) {
        this.values = values;
        this.problems = problems;
        this.allowed = allowed;
        this.loginModules = loginModules;
    }

    Map<String, String> read(Node node) {
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
        if (!allowed.contains(name)) {
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
        String refusal = value == null || !name.equals(ClientProperties.JAAS)
                ? null
                : ClientProperties.refusal(value, loginModules);
        if (refusal != null) {
            problems.add(
                    node,
                    ProblemCode.PROPERTY_REFUSED,
                    refusal,
                    "Write one entry with %s and end it with ';'.".formatted(ClientProperties.words(loginModules)));
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
