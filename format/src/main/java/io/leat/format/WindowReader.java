package io.leat.format;

import io.leat.core.FieldPath;
import io.leat.core.Item;
import io.leat.core.Reading;
import io.leat.core.Window;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes from an item what windows compute with. Not safe for use by several threads at once. */
public final class WindowReader {

    /** A result must fit the largest record of its topic. */
    private static final int MOST_RESULT_BYTES = 3 << 20;

    private static final int MOST_VALUE_BYTES = 64 << 10;
    /** The most bytes that a character (UTF-16) takes in UTF-8. */
    private static final int MOST_UTF8 = 3;

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
            int most = most(window);
            readings.add(new Reading(
                    i,
                    group(body, window.by(), most),
                    item.eventTime(),
                    item.tie(),
                    closed,
                    window.values().stream()
                            .map(value -> text(body, value.field(), most))
                            .toList()));
        }
        return readings;
    }

    /** How many bytes each part of a result may have; what it goes by stands in its record's key too. */
    private static int most(Window window) {
        int parts = window.values().size() + 2 * window.by().size();
        return Math.min(MOST_VALUE_BYTES, MOST_RESULT_BYTES / parts);
    }

    private static String group(JsonNode body, List<FieldPath> by, int most) {
        StringBuilder group = new StringBuilder("[");
        for (FieldPath path : by) {
            group.append(group.length() > 1 ? "," : "").append(text(body, path, most));
        }
        return group.append(']').toString();
    }

    private static String text(JsonNode body, @Nullable FieldPath path, int most) {
        if (path == null) {
            return Reading.ABSENT;
        }
        JsonNode node = body;
        for (String name : path.names()) {
            node = node.path(name);
        }
        String text = CanonicalJson.of(node);
        return text.length() * MOST_UTF8 <= most ? text : shortened(text, most);
    }

    /** What is too long for a result is named by its hash: equal values stay equal. */
    private static String shortened(String text, int most) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= most) {
            return text;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(utf8);
            return "{\"bytes\":%d,\"sha256\":\"%s\"}"
                    .formatted(utf8.length, HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
