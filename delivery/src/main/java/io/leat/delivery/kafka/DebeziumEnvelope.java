package io.leat.delivery.kafka;

import io.leat.core.delivery.KafkaTopic;
import io.leat.delivery.lane.LogEntry;
import io.leat.format.ChangeJson;
import io.leat.format.ChangeParts;
import io.leat.format.EventTimes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A change as Debezium tells those of a table, as JSON without a schema. {@code before} has what the change log has of it, the
 * fields that are compared, and those of the key, which a reader needs to know what was deleted.
 */
final class DebeziumEnvelope {

    private static final Set<String> PARTS = Set.of("key", "seq", "before", "after");
    private static final int ROOM = 256;

    private DebeziumEnvelope() {}

    /** @throws IllegalArgumentException if the change cannot be read */
    static byte[] of(LogEntry change, KafkaTopic terms, String feed) {
        long micros = EventTimes.parse(change.time());
        ChangeParts parts = ChangeParts.of(change.value(), PARTS);
        boolean gone = !parts.isObject("after");
        boolean update = change.op().equals("update");
        ByteArrayOutputStream out = new ByteArrayOutputStream(change.value().length + ROOM);
        if (gone || update) {
            String before = before(parts, terms.itemKey());
            write(before.substring(0, before.length() - 1), out);
        } else {
            write("{\"before\":null", out);
        }
        write(",\"after\":", out);
        if (gone) {
            write("null", out);
        } else {
            parts.write("after", out);
        }
        write(",\"source\":{\"connector\":\"leat\",\"id\":", out);
        write(ChangeJson.text(StringNode.valueOf(change.id())), out);
        write(",\"key\":", out);
        parts.write("key", out);
        write(",\"name\":\"" + feed + "\",\"seq\":", out);
        parts.write("seq", out);
        write(",\"ts_ms\":" + micros / 1_000 + ",\"ts_us\":" + micros, out);
        write("},\"op\":\"" + (gone ? "d" : update ? "u" : "c") + "\",\"ts_ms\":" + micros / 1_000 + "}", out);
        return out.toByteArray();
    }

    private static void write(String text, ByteArrayOutputStream out) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** An object with {@code before} as its only member. */
    private static String before(ChangeParts parts, List<KafkaTopic.KeyField> itemKey) {
        ObjectNode before =
                parts.tree("before") instanceof ObjectNode known ? known : JsonNodeFactory.instance.objectNode();
        JsonNode key = parts.tree("key");
        for (KafkaTopic.KeyField field : itemKey) {
            ObjectNode at = before;
            List<String> names = field.path().names();
            for (String name : names.subList(0, names.size() - 1)) {
                at = at.get(name) instanceof ObjectNode inner ? inner : at.putObject(name);
            }
            at.set(names.get(names.size() - 1), key.path(field.at()));
        }
        ObjectNode only = JsonNodeFactory.instance.objectNode();
        only.set("before", before);
        return ChangeJson.text(only);
    }
}
