package io.leat.format.feedfile;

import io.leat.core.Feed;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code state}. */
final class StateSection {

    private final Values values;

    StateSection(Values values) {
        this.values = values;
    }

    Feed.State read(@Nullable Node node) {
        if (node == null) {
            return Feed.State.MEMORY;
        }
        if (!(node instanceof MappingNode)) {
            return new Feed.State(place(node), Feed.State.NO_LIMIT);
        }
        Section section = values.section(node, EngineKey.STATE.path());
        Node in = section == null ? null : section.get(EngineKey.STATE_IN);
        Node limit = section == null ? null : section.get(EngineKey.STATE_LIMIT);
        return new Feed.State(
                in == null ? Feed.State.Place.MEMORY : place(in), limit == null ? Feed.State.NO_LIMIT : bytes(limit));
    }

    private Feed.State.Place place(Node node) {
        Feed.State.Place place = values.choice(node, "The state", Feed.State.Place.values());
        return place == null ? Feed.State.Place.MEMORY : place;
    }

    private long bytes(Node node) {
        Long bytes = values.bytes(node);
        return bytes == null ? Feed.State.NO_LIMIT : bytes;
    }
}
