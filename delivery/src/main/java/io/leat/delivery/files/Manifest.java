package io.leat.delivery.files;

import io.leat.delivery.lane.LogEntry;
import io.leat.format.EventTimes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a reader goes by: which files there are, and what they have. */
final class Manifest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String LAST_OFFSET = "last_offset";

    private Manifest() {}

    /**
     * That of a chunk.
     *
     * @param names its files by name
     * @param closesWindow whether nothing of its window follows
     */
    static byte[] of(Place place, Chunk chunk, Map<String, Spool> names, boolean closesWindow) throws IOException {
        ObjectNode json = head(place);
        json.put("window", Instant.ofEpochMilli(chunk.beginMillis()).toString());
        json.put("first_offset", chunk.firstOffset());
        json.put(LAST_OFFSET, chunk.lastOffset());
        json.put("changes", names.values().stream().mapToLong(Spool::changes).sum());
        if (closesWindow) {
            json.put("complete_until", Instant.ofEpochMilli(chunk.endMillis()).toString());
        }
        ArrayNode files = json.putArray("files");
        for (Map.Entry<String, Spool> entry : names.entrySet()) {
            Spool file = entry.getValue();
            ObjectNode each = files.addObject();
            each.put("name", entry.getKey());
            each.put("changes", file.changes());
            each.put("bytes", file.length());
            each.put("sha256", file.finish());
            each.set("first", change(file.first()));
            each.set("last", change(file.last()));
            each.putObject("event_time")
                    .put("from", EventTimes.format(file.earliestMicros()))
                    .put("to", EventTimes.format(file.latestMicros()));
        }
        return bytes(json);
    }

    /** That of a span in which nothing came. */
    static byte[] idle(Place place, long nextOffset, long untilMillis) {
        ObjectNode json = head(place);
        json.put("next_offset", nextOffset);
        json.put("changes", 0);
        json.put("complete_until", Instant.ofEpochMilli(untilMillis).toString());
        json.putArray("files");
        return bytes(json);
    }

    private static ObjectNode head(Place place) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("feed", place.feed())
                .put("sink", place.sink())
                .put("log", place.log())
                .put("epoch", place.epoch())
                .put("partition", place.partition())
                .put("partitions", place.partitions());
    }

    private static ObjectNode change(LogEntry entry) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("offset", entry.offset())
                .put("id", entry.id());
    }

    private static byte[] bytes(ObjectNode json) {
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The last offset a manifest speaks of.
     *
     * @throws IllegalArgumentException if it is none
     */
    static long lastOffset(byte[] manifest) {
        try {
            JsonNode last = JSON.readTree(manifest).path(LAST_OFFSET);
            if (last.isIntegralNumber()) {
                return last.longValue();
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a manifest", e);
        }
        throw new IllegalArgumentException("not a manifest");
    }
}
