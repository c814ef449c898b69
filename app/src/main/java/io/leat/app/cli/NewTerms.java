package io.leat.app.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a subscription is to ask for from now on; what is not given stays. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class NewTerms {

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "Only changes that meet it, such as 'after.price < 50'; '' for every change.")
    private @Nullable String where;

    @Option(
            names = "--field",
            paramLabel = "PATH",
            description = "Tell only this field. May be given several times; '' for all fields.")
    private @Nullable List<String> fields;

    @Option(names = "--catch-up", paramLabel = "WHICH", description = "all or latest.")
    private @Nullable String catchUp;

    @Option(names = "--max-items", paramLabel = "N", description = "Changes in one delivery; 1 for no batches.")
    private @Nullable Integer maxItems;

    @Option(names = "--max-wait-ms", paramLabel = "N", description = "How long a batch waits; with --max-items.")
    private @Nullable Integer maxWaitMillis;

    @Option(names = "--gzip", negatable = true, description = "Compress bodies, or do not.")
    private @Nullable Boolean gzip;

    @Option(names = "--in-flight", paramLabel = "N", description = "Deliveries at once per partition.")
    private @Nullable Integer inFlight;

    @Option(names = "--rate", paramLabel = "N", description = "Deliveries a second; 0: no limit.")
    private @Nullable Integer rate;

    @Option(names = "--timeout-ms", paramLabel = "N", description = "How long an attempt may take, at least 100.")
    private @Nullable Integer timeoutMillis;

    @Option(names = "--give-up-after-ms", paramLabel = "N", description = "How long a change is tried.")
    private @Nullable Integer giveUpAfterMillis;

    /** As the gateway takes it over HTTP. */
    ObjectNode patch() {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        if (where != null) {
            patch.put("where", where.isEmpty() ? null : where);
        }
        if (fields != null) {
            ArrayNode list = patch.putArray("fields");
            fields.stream().filter(field -> !field.isEmpty()).forEach(list::add);
        }
        if (catchUp != null) {
            patch.put("catch_up", catchUp);
        }
        if (maxItems != null && maxItems == 1) {
            patch.putNull("batch");
        } else if (maxItems != null || maxWaitMillis != null) {
            ObjectNode batch = patch.putObject("batch");
            put(batch, "max_items", maxItems);
            put(batch, "max_wait_ms", maxWaitMillis);
        }
        if (gzip != null) {
            patch.put("gzip", gzip);
        }
        ObjectNode limits = JsonNodeFactory.instance.objectNode();
        put(limits, "in_flight", inFlight);
        put(limits, "rate", rate);
        put(limits, "timeout_ms", timeoutMillis);
        put(limits, "give_up_after_ms", giveUpAfterMillis);
        if (!limits.isEmpty()) {
            patch.set("limits", limits);
        }
        return patch;
    }

    private static void put(ObjectNode json, String member, @Nullable Integer value) {
        if (value != null) {
            json.put(member, value);
        }
    }
}
