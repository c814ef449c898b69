package io.leat.delivery;

import io.leat.core.delivery.Subscription;
import io.leat.format.webhook.SecretBox;
import io.leat.format.webhook.SubscriptionJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How a subscription stands, as the value of a record. */
final class StandingJson {

    private static final JsonMapper JSON = new JsonMapper();

    private StandingJson() {}

    /** An object; {@code null} if it is none. */
    static @Nullable JsonNode parse(byte[] value) {
        try {
            JsonNode entry = JSON.readTree(value);
            return entry.isObject() ? entry : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    static byte[] write(Standing standing, SecretBox box) {
        ObjectNode entry = JSON.createObjectNode();
        entry.put("state", standing.state().word());
        entry.put("reason", standing.reason());
        entry.put("epoch", standing.start().epoch());
        List<Long> offsets = standing.start().offsets();
        if (offsets != null) {
            ArrayNode start = entry.putArray("start");
            offsets.forEach(start::add);
        }
        if (standing.heldUntilMillis() > 0) {
            entry.put("held_until", standing.heldUntilMillis());
        }
        if (!standing.declared()) {
            entry.put("generation", standing.generation());
            entry.set("subscription", SubscriptionJson.write(standing.subscription(), box));
        }
        return entry.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param declared what the feed file says under this name, {@code null} if nothing
     * @return {@code null} if the entry is of a subscription that the feed file does not declare any more
     * @throws IllegalArgumentException if it is none, or its secrets do not open
     */
    static @Nullable Standing read(JsonNode entry, @Nullable Subscription declared, SecretBox box) {
        JsonNode made = entry.get("subscription");
        if (declared != null && made != null) {
            return Standing.declared(declared);
        }
        if (declared == null && made == null) {
            return null;
        }
        return new Standing(
                declared == null ? SubscriptionJson.read(made, box) : declared,
                declared != null,
                declared != null ? "" : entry.path("generation").asString(""),
                Standing.State.valueOf(entry.path("state").asString("active").toUpperCase(Locale.ROOT)),
                entry.path("reason").asString(""),
                new Start(entry.path("epoch").asLong(0), offsets(entry.path("start"))),
                entry.path("held_until").asLong(0),
                Standing.UNWRITTEN);
    }

    private static @Nullable List<Long> offsets(JsonNode start) {
        if (!start.isArray()) {
            return null;
        }
        List<Long> offsets = new ArrayList<>();
        start.forEach(offset -> offsets.add(offset.asLong(0)));
        return offsets;
    }
}
