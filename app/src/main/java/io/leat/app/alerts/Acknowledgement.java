package io.leat.app.alerts;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * That a person has taken notice of an alert, or calls the gap it tells of usual: a record of the topic of alerts beside it.
 * Public API, docs/reference/change.md.
 */
public final class Acknowledgement {

    /** The member that names the alert. */
    static final String MEMBER = "acknowledged";

    /** The member that says until when nobody is told. */
    static final String QUIET = "quiet_until";

    private static final String ACCEPTED = "accepted";

    private static final List<String> ABOUT = List.of("alert", "site", "field", "what");

    private Acknowledgement() {}

    /** A gap that is called usual. */
    record Gap(String site, long sinceMillis) {}

    /** The key of its record; a later one about the same alert replaces it. */
    public static byte[] key(String id) {
        return (MEMBER + "/" + id).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Its record.
     *
     * @param alert the alert, as the topic has it
     * @param isUsual whether the gap is usual
     */
    public static byte[] write(JsonNode alert, boolean isUsual, long nowMillis) {
        return bytes(json(alert, isUsual, nowMillis));
    }

    /**
     * The record that has nobody told of what an alert is about, until a moment.
     *
     * @param alert the alert, as the topic has it
     */
    static byte[] quiet(JsonNode alert, long untilMillis, long nowMillis) {
        ObjectNode json = json(alert, false, nowMillis);
        json.set("about", about(alert));
        json.put(QUIET, Instant.ofEpochMilli(untilMillis).toString());
        return bytes(json);
    }

    /** What an alert is about: one that begins later about the same has another id. */
    static ObjectNode about(JsonNode alert) {
        ObjectNode about = JsonNodeFactory.instance.objectNode();
        for (String member : ABOUT) {
            if (alert.has(member)) {
                about.set(member, alert.get(member));
            }
        }
        return about;
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode json(JsonNode alert, boolean isUsual, long nowMillis) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(MEMBER, alert.path("id").asString(""));
        json.put(ACCEPTED, isUsual);
        json.set("feed", alert.path("feed"));
        json.set("site", alert.path("site"));
        json.set("since", alert.path("since"));
        json.put("at", Instant.ofEpochMilli(nowMillis).toString());
        return json;
    }

    /** Until when nobody is told; 0 if that was not said. */
    static long quietUntil(JsonNode said) {
        String until = said.path(QUIET).asString("");
        try {
            return until.isEmpty() ? 0 : Instant.parse(until).toEpochMilli();
        } catch (DateTimeException e) {
            return 0;
        }
    }

    /** The gap that a record calls usual; {@code null} if it does not. */
    static @Nullable Gap gap(JsonNode said) {
        String site = said.path("site").asString("");
        String since = said.path("since").asString("");
        return said.path(ACCEPTED).asBoolean(false) && !site.isEmpty() && !since.isEmpty()
                ? new Gap(site, Instant.parse(since).toEpochMilli())
                : null;
    }
}
