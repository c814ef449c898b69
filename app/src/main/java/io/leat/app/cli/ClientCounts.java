package io.leat.app.cli;

import io.leat.core.Change;
import io.leat.core.delivery.Subscription;
import io.leat.format.ChangeJson;
import io.leat.format.feedfile.FeedFile;
import io.leat.format.webhook.Filter;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How many changes each client of a feed file would get. For one thread. */
final class ClientCounts {

    private static final JsonMapper JSON = new JsonMapper();

    private final String feed;
    private final Map<String, Filter> filters = new LinkedHashMap<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();

    ClientCounts(FeedFile.Valid declared) {
        this.feed = declared.feed().name();
        for (Subscription sink : declared.sinks()) {
            counts.put(sink.name(), 0L);
            if (sink.where() != null) {
                filters.put(sink.name(), Filter.compile(sink.where()));
            }
        }
    }

    void add(Change change) {
        JsonNode told = filters.isEmpty() ? JSON.missingNode() : JSON.readTree(ChangeJson.write(feed, change));
        counts.replaceAll((name, count) -> {
            Filter filter = filters.get(name);
            boolean gets = filter == null || filter.matches(told).orElse(false);
            return gets ? count + 1 : count;
        });
    }

    /** By the client's name, in the order of the file. */
    Map<String, Long> counts() {
        return counts;
    }
}
