package io.leat.delivery;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A gateway's word that a subscription is to be disabled, written beside it: gateways never write over what people asked
 * for. It holds for the revision it was found with, and no longer once a person has changed the subscription.
 *
 * @param revision what the lane followed whose endpoint is gone
 */
record Disabling(String generation, long revision, String reason) {

    private static final String SUFFIX = "/disabled";

    static Disabling of(Standing standing, String reason) {
        return new Disabling(standing.generation(), standing.revision(), reason);
    }

    /** The key of its record. */
    static String key(String subscription) {
        return subscription + SUFFIX;
    }

    /** The subscription whose disabling a key is of; {@code null} if it is another key. */
    static @Nullable String subscription(String key) {
        return key.endsWith(SUFFIX) ? key.substring(0, key.length() - SUFFIX.length()) : null;
    }

    byte[] write() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("generation", generation)
                .put("revision", revision)
                .put("reason", reason)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    static Disabling read(JsonNode json) {
        return new Disabling(
                json.path("generation").asString(""),
                json.path("revision").asLong(Long.MIN_VALUE),
                json.path("reason").asString(""));
    }

    /** How a subscription stands with it. */
    Standing on(Standing standing, long writtenAt) {
        boolean holds = standing.generation().equals(generation) && standing.revision() == revision;
        return holds ? standing.in(Standing.State.DISABLED, reason).at(writtenAt) : standing;
    }
}
