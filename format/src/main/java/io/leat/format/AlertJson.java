package io.leat.format;

import io.leat.core.drift.DriftAlert;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An alert as one line of JSON: the value of a record of {@code <feed>.alerts}. Public API, see docs/reference/change.md. */
public final class AlertJson {

    private AlertJson() {}

    /** What identifies an alert: the same after every replay. The key of its record. */
    public static String id(DriftAlert alert) {
        return alert.site() + "/" + alert.field() + "/" + alert.number() + "/" + word(alert);
    }

    /** The alert as JSON without line breaks. */
    public static String write(String feed, DriftAlert alert) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("alert", "drift");
        json.put("id", id(alert));
        json.put("feed", feed);
        json.put("state", word(alert));
        json.put("site", alert.site());
        json.put("field", alert.field());
        json.put("now", alert.now().word());
        json.put("before", alert.before().word());
        json.put("since", Instant.ofEpochMilli(alert.sinceMillis()).toString());
        json.put("at", Instant.ofEpochMilli(alert.atMillis()).toString());
        json.put("records", alert.records());
        json.put("share", Math.round(alert.share() * 1_000) / 1_000.0);
        json.put("sample", alert.sample());
        json.put("sample_before", alert.sampleBefore());
        return json.toString();
    }

    /** What identifies an alarm about room: a later one about the same replaces it. The key of its record. */
    public static String roomId(String what) {
        return "room/" + what;
    }

    /**
     * That something runs short, or does so no more, as JSON without line breaks.
     *
     * @param what {@code memory}, {@code disk} or {@code state}
     * @param used bytes in use; for {@code disk} those that are left
     * @param limit bytes there may be; for {@code disk} those that should be left
     */
    public static String room(String feed, String what, boolean isOver, long used, long limit, long atMillis) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("alert", "room");
        json.put("id", roomId(what));
        json.put("feed", feed);
        json.put("state", isOver ? "over" : "started");
        json.put("what", what);
        json.put("used", used);
        json.put("limit", limit);
        json.put("at", Instant.ofEpochMilli(atMillis).toString());
        return json.toString();
    }

    private static String word(DriftAlert alert) {
        return alert.state().name().toLowerCase(Locale.ROOT);
    }
}
