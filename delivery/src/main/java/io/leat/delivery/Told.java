package io.leat.delivery;

import io.leat.delivery.lane.LogEntry;
import io.leat.format.ChangeJson;
import io.leat.format.Traceparent;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A change as read from the log: its bytes, and once someone asks for it, its tree. For one thread. */
final class Told {

    private static final String TYPE_PREFIX = "io.leat.change.";

    private final LogEntry entry;
    private @Nullable JsonNode tree;

    private Told(LogEntry entry) {
        this.entry = entry;
    }

    /** The change of a record; {@code null} if the record is none: others may write to a topic too. */
    static @Nullable Told of(ConsumerRecord<byte[], byte[]> rec) {
        if (rec.value() == null || rec.key() == null) {
            return null;
        }
        String id = header(rec, "ce_id");
        String type = header(rec, "ce_type");
        String time = header(rec, "ce_time");
        if (id.isEmpty() || !type.startsWith(TYPE_PREFIX) || time.isEmpty()) {
            return null;
        }
        String key = new String(rec.key(), StandardCharsets.UTF_8);
        Header trace = rec.headers().lastHeader(Traceparent.HEADER);
        return new Told(new LogEntry(
                rec.offset(),
                key,
                id,
                type.substring(TYPE_PREFIX.length()),
                time,
                rec.value(),
                trace == null ? null : Traceparent.of(trace.value()),
                rec.timestamp()));
    }

    private static String header(ConsumerRecord<byte[], byte[]> rec, String name) {
        Header header = rec.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    LogEntry entry() {
        return entry;
    }

    /** When the broker appended it, by its clock, milliseconds since 1970. */
    long appendedMillis() {
        return entry.appendedMillis();
    }

    /** @throws IllegalArgumentException if it is none */
    JsonNode tree() {
        JsonNode known = tree;
        if (known == null) {
            known = ChangeJson.tree(entry.value());
            tree = known;
        }
        return known;
    }
}
