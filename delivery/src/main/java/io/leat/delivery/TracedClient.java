package io.leat.delivery;

import io.leat.core.delivery.Subscription;
import io.leat.format.webhook.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What a trace has to know of a client. It holds no secret: none has to be opened.
 *
 * @param name of its subscription
 * @param generation tells it from others that had the name; empty if the feed file declares it
 * @param where its condition, {@code null} if it wants every change
 * @param folds whether it gets the newest change of a key when it is behind
 * @param state {@code active}, {@code paused} or {@code disabled}
 * @param start the first offset of each partition that it gets, as far as that was fixed
 */
record TracedClient(
        String name, String generation, @Nullable String where, boolean folds, String state, List<Long> start) {

    TracedClient {
        start = List.copyOf(start);
    }

    /**
     * The clients of a feed.
     *
     * @param declared those of the feed file
     * @param written the newest record of each key of the subscriptions' topic
     */
    static List<TracedClient> of(List<Subscription> declared, Map<String, JsonNode> written) {
        Map<String, TracedClient> clients = new TreeMap<>();
        for (Subscription each : declared) {
            JsonNode found = written.get(each.name());
            JsonNode entry = found == null || found.has("subscription") ? MissingNode.getInstance() : found;
            boolean folds = each.catchUp() == Subscription.CatchUp.LATEST;
            clients.put(
                    each.name(), new TracedClient(each.name(), "", each.where(), folds, state(entry), start(entry)));
        }
        written.forEach((name, entry) -> {
            JsonNode made = entry.path("subscription");
            if (made.isObject() && !clients.containsKey(name)) {
                clients.put(
                        name,
                        new TracedClient(
                                name,
                                entry.path("generation").asString(""),
                                made.has("where") ? made.path("where").asString("") : null,
                                made.path("catch_up").asString("").equals("latest"),
                                state(entry),
                                start(entry)));
            }
        });
        clients.replaceAll((name, client) -> {
            JsonNode disabled = written.get(Disabling.key(name));
            return disabled != null && Disabling.read(disabled).generation().equals(client.generation())
                    ? client.in("disabled")
                    : client;
        });
        return List.copyOf(clients.values());
    }

    private static String state(JsonNode entry) {
        return entry.path("state").asString("active");
    }

    private static List<Long> start(JsonNode entry) {
        List<Long> offsets = new ArrayList<>();
        entry.path("start").forEach(offset -> offsets.add(offset.asLong(0)));
        return offsets;
    }

    private TracedClient in(String other) {
        return new TracedClient(name, generation, where, folds, other, start);
    }

    /** As {@link Standing#id}. */
    String id() {
        return generation.isEmpty() ? name : name + "." + generation;
    }

    boolean isMine(JsonNode attempt) {
        return attempt.path("subscription").asString("").equals(name)
                && attempt.path("generation").asString("").equals(generation);
    }

    /** Whether it wants a change; empty if its condition has no answer. */
    Optional<Boolean> wants(JsonNode change) {
        return where == null ? Optional.of(true) : Filter.compile(where).matches(change);
    }

    boolean beginsBehind(int partition, long offset) {
        return partition < start.size() && offset < start.get(partition);
    }
}
