package io.leat.format.feedfile;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code key}. */
final class KeyParts {

    private static final String ENTRY = "key[]";
    private static final String RECORD = ".";

    private final Values values;

    KeyParts(Values values) {
        this.values = values;
    }

    List<Feed.KeyPart> read(Node node) {
        List<Feed.KeyPart> parts = new ArrayList<>();
        Set<Feed.KeyPart> seen = new HashSet<>();
        for (Node entry : values.list(node)) {
            Feed.KeyPart part = entry instanceof MappingNode mapping ? restOf(mapping) : field(entry);
            if (part != null && values.unseen(seen, part, entry)) {
                parts.add(part);
            }
        }
        return parts;
    }

    private Feed.@Nullable KeyPart field(Node node) {
        FieldPath path = values.path(node);
        return path == null ? null : new Feed.KeyPart.Field(path);
    }

    private Feed.@Nullable KeyPart restOf(MappingNode node) {
        Section section = values.section(node, ENTRY);
        Node objectNode = section == null ? null : section.required(InputKey.KEY_REST_OF);
        if (section == null || objectNode == null) {
            return null;
        }
        List<String> except = new ArrayList<>();
        Node exceptNode = section.get(InputKey.KEY_EXCEPT);
        if (exceptNode != null) {
            Set<String> seen = new HashSet<>();
            for (Node entry : values.list(exceptNode)) {
                Text name = values.text(entry);
                if (name != null && values.unseen(seen, name.value(), entry)) {
                    except.add(name.value());
                }
            }
        }
        Text object = values.text(objectNode);
        if (object == null) {
            return null;
        }
        if (object.value().equals(RECORD)) {
            return new Feed.KeyPart.RestOf(null, except);
        }
        FieldPath path = values.path(objectNode);
        return path == null ? null : new Feed.KeyPart.RestOf(path, except);
    }
}
