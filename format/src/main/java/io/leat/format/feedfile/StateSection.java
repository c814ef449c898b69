package io.leat.format.feedfile;

import io.leat.core.Feed;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code state}. */
final class StateSection {

    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,5})(KB|MB|GB|TB)");

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
        Section section = values.section(node, FeedKey.STATE.path());
        Node in = section == null ? null : section.get(FeedKey.STATE_IN);
        Node limit = section == null ? null : section.get(FeedKey.STATE_LIMIT);
        return new Feed.State(
                in == null ? Feed.State.Place.MEMORY : place(in), limit == null ? Feed.State.NO_LIMIT : bytes(limit));
    }

    private Feed.State.Place place(Node node) {
        Feed.State.Place place = values.choice(node, "The state", Feed.State.Place.values());
        return place == null ? Feed.State.Place.MEMORY : place;
    }

    private long bytes(Node node) {
        String text = values.plain(node);
        Matcher parts = SIZE.matcher(text == null ? "" : text);
        if (parts.matches()) {
            return Long.parseLong(parts.group(1))
                    << switch (parts.group(2)) {
                        case "KB" -> 10;
                        case "MB" -> 20;
                        case "GB" -> 30;
                        default -> 40;
                    };
        }
        if (text != null) {
            values.wrongType(node, "a size", "Write a whole number and KB, MB, GB or TB: 500MB, 4GB.");
        }
        return Feed.State.NO_LIMIT;
    }
}
