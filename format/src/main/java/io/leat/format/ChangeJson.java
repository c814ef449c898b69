package io.leat.format;

import io.leat.core.Change;
import io.leat.core.Compared;
import io.leat.core.Evidence;
import io.leat.core.FieldPath;
import io.leat.core.Floor;
import io.leat.core.Op;
import io.leat.core.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change as one line of JSON: the value of a record of the change log. Public API, see docs/reference/change.md.
 *
 * <p>Thread-safe.
 */
public final class ChangeJson {

    private ChangeJson() {}

    /** The change as JSON without line breaks. */
    public static String write(String feed, Change change) {
        StringBuilder out = new StringBuilder(256 + 2 * change.after().length());
        out.append("{\"id\":\"").append(change.id());
        out.append("\",\"feed\":\"").append(feed);
        out.append("\",\"key\":").append(change.key());
        out.append(",\"seq\":").append(change.seq());
        out.append(",\"op\":\"").append(change.op().word());
        out.append("\",\"changed\":[");
        for (String path : change.changed()) {
            if (out.charAt(out.length() - 1) != '[') {
                out.append(',');
            }
            CanonicalJson.writeText(path, out);
        }
        out.append("],\"before\":");
        writeNested(change.before(), out);
        out.append(",\"after\":").append(change.after());
        out.append(",\"event_time\":\"").append(EventTimes.format(change.eventTime()));
        out.append("\",\"tie\":\"").append(tie(change.tie()));
        out.append("\",\"source\":{\"topic\":");
        CanonicalJson.writeText(change.source().topic(), out);
        out.append(",\"partition\":").append(change.source().partition());
        out.append(",\"offset\":").append(change.source().offset());
        out.append("},\"contract\":");
        if (change.contract().isEmpty()) {
            out.append("null");
        } else {
            CanonicalJson.writeText(change.contract(), out);
        }
        out.append(",\"unchanged\":").append(change.evidence().unchanged());
        writeMoment(",\"first_seen\":", change.evidence().firstSeen(), out);
        writeMoment(",\"last_seen\":", change.evidence().lastSeen(), out);
        if (change.evidence().average() != null) {
            out.append(",\"average\":");
            writeNested(change.evidence().average(), out);
        }
        writeReset(change.floor(), out);
        if (!change.scraped().isEmpty()) {
            out.append(",\"scraped\":").append(change.scraped());
        }
        if (change.told() != null) {
            out.append(",\"told\":");
            writeNested(change.told(), out);
        }
        return out.append('}').toString();
    }

    private static void writeReset(@Nullable Floor floor, StringBuilder out) {
        if (floor == null) {
            return;
        }
        out.append(",\"reset\":{\"topic_id\":");
        CanonicalJson.writeText(floor.topicId(), out);
        out.append(",\"partition\":").append(floor.partition());
        out.append(",\"offset\":").append(floor.offset()).append('}');
    }

    /** Earlier versions said it nowhere: there a reset stands for itself. */
    private static @Nullable Floor readReset(JsonNode change, Position source) {
        JsonNode reset = change.path("reset");
        if (reset.isObject()) {
            return new Floor(
                    reset.required("topic_id").stringValue(),
                    reset.required("partition").intValue(),
                    reset.required("offset").longValue());
        }
        boolean isReset = Op.of(change.required("op").stringValue()) == Op.RESET;
        return isReset ? new Floor("", source.partition(), source.offset()) : null;
    }

    private static void writeMoment(String name, long micros, StringBuilder out) {
        out.append(name);
        if (micros == Evidence.UNKNOWN) {
            out.append("null");
        } else {
            out.append('"').append(EventTimes.format(micros)).append('"');
        }
    }

    /**
     * A change as a tree whose numbers are exactly those of the log, however long or large.
     *
     * @throws IllegalArgumentException if it is no JSON object, or one that no change can be
     */
    public static ObjectNode tree(byte[] json) {
        try {
            if (Json.OWN.readTree(json) instanceof ObjectNode change) {
                return change;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a change: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("not a change");
    }

    /** Part of a change as one line of JSON, each value as the log spells it; the members of an outermost object in their order. */
    public static String text(JsonNode part) {
        if (!part.isObject()) {
            return CanonicalJson.of(part);
        }
        StringBuilder out = new StringBuilder(256).append('{');
        part.properties().forEach(member -> {
            if (out.length() > 1) {
                out.append(',');
            }
            CanonicalJson.writeText(member.getKey(), out);
            out.append(':');
            CanonicalJson.write(member.getValue(), out);
        });
        return out.append('}').toString();
    }

    /** The one spelling of a JSON value, as keys and numbers have it in the log; {@code null} if the text is none. */
    public static @Nullable String spelled(String json) {
        try {
            return CanonicalJson.of(Json.OWN.readTree(json));
        } catch (JacksonException e) {
            return null;
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is not a change
     */
    public static Change read(byte[] json) {
        try {
            JsonNode node = Json.OWN.readTree(json);
            List<String> changed = new ArrayList<>();
            node.required("changed").forEach(path -> changed.add(path.stringValue()));
            JsonNode source = node.required("source");
            Position position = new Position(
                    source.required("topic").stringValue(),
                    source.required("partition").intValue(),
                    source.required("offset").longValue());
            return new Change(
                    node.required("id").stringValue(),
                    CanonicalJson.of(node.required("key")),
                    node.required("seq").longValue(),
                    Op.of(node.required("op").stringValue()),
                    changed,
                    readNested(node.required("before")),
                    CanonicalJson.of(node.required("after")),
                    EventTimes.parse(node.required("event_time").stringValue()),
                    Long.parseUnsignedLong(node.required("tie").stringValue(), 16),
                    position,
                    node.required("contract").isNull()
                            ? ""
                            : node.required("contract").stringValue(),
                    node.has("scraped") ? CanonicalJson.of(node.required("scraped")) : "",
                    new Evidence(
                            node.path("unchanged").asLong(0),
                            readMoment(node.path("first_seen")),
                            readMoment(node.path("last_seen")),
                            node.has("average") ? readNested(node.required("average")) : null),
                    readReset(node, position),
                    node.has("told") ? readNested(node.required("told")) : null);
        } catch (JacksonException | java.time.DateTimeException e) {
            throw new IllegalArgumentException("not a change: " + e.getMessage(), e);
        }
    }

    /** What a person writes to reset the key of a change. */
    public static String reset(Change last) {
        StringBuilder out = new StringBuilder("{\"key\":").append(last.key());
        writeMoment(",\"first_seen\":", last.evidence().firstSeen(), out);
        return out.append('}').toString();
    }

    /** Changes told by earlier versions lack them. */
    private static long readMoment(JsonNode moment) {
        return moment.isString() ? EventTimes.parse(moment.stringValue()) : Evidence.UNKNOWN;
    }

    static String tie(long tie) {
        String hex = Long.toHexString(tie);
        return "0".repeat(16 - hex.length()) + hex;
    }

    private static void writeNested(@Nullable Compared values, StringBuilder out) {
        if (values == null) {
            out.append("null");
            return;
        }
        Map<String, Object> tree = new TreeMap<>();
        for (int i = 0; i < values.paths().size(); i++) {
            put(
                    tree,
                    FieldPath.parse(values.paths().get(i)).names(),
                    values.values().get(i));
        }
        writeTree(tree, out);
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> tree, List<String> names, String value) {
        Map<String, Object> at = tree;
        for (String name : names.subList(0, names.size() - 1)) {
            Object inner = at.computeIfAbsent(name, n -> new TreeMap<String, Object>());
            if (!(inner instanceof Map)) {
                return; // the whole object is compared too and says it
            }
            at = (Map<String, Object>) inner;
        }
        at.put(names.get(names.size() - 1), value);
    }

    @SuppressWarnings("unchecked")
    private static void writeTree(Map<String, Object> tree, StringBuilder out) {
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, Object> member : tree.entrySet()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            CanonicalJson.writeText(member.getKey(), out);
            out.append(':');
            if (member.getValue() instanceof Map<?, ?> inner) {
                writeTree((Map<String, Object>) inner, out);
            } else {
                out.append(member.getValue());
            }
        }
        out.append('}');
    }

    /** Leaves as compared values; good enough for people and tests, the job rolls forward from {@code after}. */
    private static @Nullable Compared readNested(JsonNode tree) {
        if (tree.isNull()) {
            return null;
        }
        List<String> paths = new ArrayList<>();
        List<String> values = new ArrayList<>();
        leaves(tree, null, paths, values);
        return new Compared(paths, values);
    }

    private static void leaves(JsonNode object, @Nullable FieldPath at, List<String> paths, List<String> values) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            FieldPath path = at == null ? new FieldPath(List.of(member.getKey())) : at.child(member.getKey());
            if (member.getValue() instanceof ObjectNode inner && !inner.isEmpty()) {
                leaves(inner, path, paths, values);
            } else {
                paths.add(path.toString());
                values.add(CanonicalJson.of(member.getValue()));
            }
        }
    }
}
