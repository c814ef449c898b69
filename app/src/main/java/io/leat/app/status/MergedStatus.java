package io.leat.app.status;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What several processes tell of one feed, put together: the job is known to one, each delivers some partitions. */
public final class MergedStatus {

    private MergedStatus() {}

    /** One status of several; that of the first where they cannot be added up. */
    public static ObjectNode of(List<ObjectNode> statuses) {
        ObjectNode all = statuses.get(0).deepCopy();
        take("job", all, statuses, job -> job.isObject());
        take("watch", all, statuses, watch -> watch.path("as_of").isString());
        Map<String, ObjectNode> sinks = new LinkedHashMap<>();
        for (ObjectNode status : statuses) {
            for (JsonNode sink : status.path("sinks")) {
                sinks.merge(sink.path("name").asString(""), (ObjectNode) sink.deepCopy(), MergedStatus::add);
            }
        }
        ArrayNode put = all.putArray("sinks");
        sinks.values().forEach(put::add);
        return all;
    }

    private static void take(String member, ObjectNode into, List<ObjectNode> from, Predicate<JsonNode> knows) {
        from.stream()
                .map(each -> each.path(member))
                .filter(knows)
                .findFirst()
                .ifPresent(known -> into.set(member, known));
    }

    private static ObjectNode add(ObjectNode sink, ObjectNode other) {
        ObjectNode here = (ObjectNode) sink.get("here");
        other.get("here")
                .properties()
                .forEach(count -> here.put(
                        count.getKey(),
                        here.path(count.getKey()).asLong(0) + count.getValue().asLong(0)));
        int served = sink.path("partitions_here").asInt(0)
                + other.path("partitions_here").asInt(0);
        int resting = sink.path("partitions_resting").asInt(0)
                + other.path("partitions_resting").asInt(0);
        sink.put("partitions_here", served);
        if (served > 0) {
            sink.put("partitions_resting", resting);
            sink.put("breaker", resting == 0 ? "closed" : "open");
        }
        return sink;
    }
}
