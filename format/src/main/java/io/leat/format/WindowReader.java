package io.leat.format;

import io.leat.core.FieldPath;
import io.leat.core.Item;
import io.leat.core.Reading;
import io.leat.core.Window;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes from an item what windows compute with. Not safe for use by several threads at once. */
public final class WindowReader {

    private final List<Window> windows;

    public WindowReader(List<Window> windows) {
        this.windows = List.copyOf(windows);
    }

    /**
     * One reading for each window.
     *
     * @param closed see {@link Reading#closed}
     */
    public List<Reading> read(Item item, long closed) {
        JsonNode body = Json.OWN.readTree(item.body());
        List<Reading> readings = new ArrayList<>(windows.size());
        for (int i = 0; i < windows.size(); i++) {
            Window window = windows.get(i);
            readings.add(new Reading(
                    i,
                    group(body, window.by()),
                    item.eventTime(),
                    item.tie(),
                    closed,
                    window.values().stream()
                            .map(value -> text(body, value.field()))
                            .toList()));
        }
        return readings;
    }

    private static String group(JsonNode body, List<FieldPath> by) {
        StringBuilder group = new StringBuilder("[");
        for (FieldPath path : by) {
            group.append(group.length() > 1 ? "," : "").append(text(body, path));
        }
        return group.append(']').toString();
    }

    private static String text(JsonNode body, @Nullable FieldPath path) {
        if (path == null) {
            return Reading.ABSENT;
        }
        JsonNode node = body;
        for (String name : path.names()) {
            node = node.path(name);
        }
        return CanonicalJson.of(node);
    }
}
