package io.leat.app.status;

import io.leat.delivery.SinkCounts;
import io.leat.delivery.SinkLag;
import io.leat.delivery.Standing;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How the sinks of a feed stand. Public API, see docs/status.md. */
final class SinksJson {

    private SinksJson() {}

    /**
     * All of them, by name.
     *
     * @param counts what this process delivers; what others deliver it does not know
     */
    static ArrayNode write(String feed, List<SinkLag> lags, SinkCounts counts, long nowMillis) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        lags.stream()
                .sorted(Comparator.comparing(
                        lag -> lag.standing().subscription().name()))
                .forEach(lag -> json.add(sink(feed, lag, counts, nowMillis)));
        return json;
    }

    private static ObjectNode sink(String feed, SinkLag lag, SinkCounts counts, long nowMillis) {
        Standing standing = lag.standing();
        String name = standing.subscription().name();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name);
        json.put("kind", standing.subscription().sink().kind());
        json.put("state", standing.state().word());
        json.put("reason", standing.reason().isEmpty() ? null : standing.reason());
        json.put("declared", standing.declared());
        json.put("lag_records", lag.records());
        json.put("lag_minutes", minutes(lag, nowMillis));
        json.put("waiting_since", lag.sinceMillis() > 0 ? Moments.text(lag.sinceMillis()) : null);
        SinkCounts.Lanes lanes = counts.lanes(feed, name);
        json.put("partitions_here", lanes.served());
        json.put("breaker", lanes.served() == 0 ? null : lanes.resting() == 0 ? "closed" : "open");
        json.put("partitions_resting", lanes.served() == 0 ? null : (Integer) lanes.resting());
        SinkCounts.Counts done = counts.counts(feed, name);
        ObjectNode here = json.putObject("here");
        here.put("taken", done.taken());
        here.put("delivered", done.delivered());
        here.put("undelivered", done.undelivered());
        here.put("filtered", done.filtered());
        here.put("folded", done.folded());
        here.put("returned", done.returned());
        here.put("waiting", done.waiting());
        return json;
    }

    private static @Nullable Double minutes(SinkLag lag, long nowMillis) {
        if (lag.records() == 0) {
            return 0.0;
        }
        return lag.sinceMillis() <= 0 ? null : (Double) (Math.max(0, nowMillis - lag.sinceMillis()) / 60_000.0);
    }
}
