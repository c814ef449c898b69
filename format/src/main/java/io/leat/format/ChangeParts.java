package io.leat.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Where some members of a change stand in its JSON: to pass them on as the log spells them, without reading them. Not thread-safe. */
public final class ChangeParts {

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final byte[] json;
    private final Map<String, Span> spans;

    private record Span(int from, int to) {}

    private ChangeParts(byte[] json, Map<String, Span> spans) {
        this.json = json;
        this.spans = spans;
    }

    /**
     * Finds them.
     *
     * @param json never written to
     * @throws IllegalArgumentException if it is no JSON object
     */
    public static ChangeParts of(byte[] json, Set<String> names) {
        Map<String, Span> spans = new HashMap<>();
        try (JsonParser parser = Json.OWN.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a change");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                long from = parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                if (names.contains(name)) {
                    parser.finishToken();
                    long to = parser.currentLocation().getByteOffset();
                    spans.put(name, new Span(Math.toIntExact(from), Math.toIntExact(to)));
                }
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a change: " + e.getMessage(), e);
        }
        return new ChangeParts(json, spans);
    }

    /** Whether a member is there and is an object. */
    public boolean isObject(String name) {
        Span span = spans.get(name);
        return span != null && json[span.from()] == '{';
    }

    /** Writes a member as it stands; {@code null} for one that is not there. */
    public void write(String name, ByteArrayOutputStream out) {
        Span span = spans.get(name);
        if (span == null) {
            out.write(NULL, 0, NULL.length);
        } else {
            out.write(json, span.from(), span.to() - span.from());
        }
    }

    /** A member as a tree, numbers as the log spells them; a missing node for one that is not there. */
    public JsonNode tree(String name) {
        Span span = spans.get(name);
        return span == null ? MissingNode.getInstance() : Json.OWN.readTree(json, span.from(), span.to() - span.from());
    }
}
