package io.leat.app.alerts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a feed's alerts come to: what is open, and what was closed since that was last told. For one thread.
 *
 * <p>Limit: {@value #MOST} alerts; of more the oldest are not told any more.
 */
final class OpenAlerts {

    static final int MOST = 1_000;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> OVER = Set.of("over", "settled");
    private static final List<String> LABELS = List.of("feed", "site", "field", "what");

    private final Map<String, JsonNode> open = new LinkedHashMap<>();
    private final Map<String, JsonNode> closed = new LinkedHashMap<>();
    private final Map<String, JsonNode> acknowledged = new LinkedHashMap<>();

    /** Takes a record of the topic of alerts; what is no alert is passed over. */
    void take(byte[] value) {
        JsonNode alert;
        try {
            alert = JSON.readTree(value);
        } catch (JacksonException e) {
            return;
        }
        String noticed = text(alert, Acknowledgement.MEMBER);
        if (noticed != null) {
            acknowledged.put(noticed, alert);
            while (acknowledged.size() > MOST) {
                acknowledged.remove(acknowledged.keySet().iterator().next());
            }
            return;
        }
        String id = text(alert, "id");
        String state = text(alert, "state");
        if (id == null || state == null || text(alert, "alert") == null || text(alert, "at") == null) {
            return;
        }
        String what = what(alert);
        JsonNode before = open.remove(what);
        if (!OVER.contains(state)) {
            open.put(what, alert);
        } else if (before != null) {
            closed.put(what, alert);
        }
        while (open.size() > MOST) {
            open.remove(open.keySet().iterator().next());
        }
    }

    /** Which alert a record is of: the start and the end of a drift have ids of their own. */
    static String what(JsonNode alert) {
        String id = alert.path("id").asString("");
        String state = alert.path("state").asString("");
        return id.endsWith("/" + state) ? id.substring(0, id.length() - state.length() - 1) : id;
    }

    /** Whether there is anything to tell. */
    boolean isEmpty() {
        return open.isEmpty() && closed.isEmpty();
    }

    /** All of it as Alertmanager's API takes it. */
    String toTell() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        open.values().forEach(alert -> all.add(told(alert, false)));
        closed.values().forEach(alert -> all.add(told(alert, true)));
        return all.toString();
    }

    /** What was closed is told once. */
    void told() {
        closed.clear();
    }

    /** The labels say which alert it is, and so are the same for its start and its end. */
    private static ObjectNode told(JsonNode alert, boolean isOver) {
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        ObjectNode labels = told.putObject("labels");
        labels.put("alertname", "leat_" + text(alert, "alert"));
        for (String label : LABELS) {
            String value = text(alert, label);
            if (value != null) {
                labels.put(label, value);
            }
        }
        ObjectNode annotations = told.putObject("annotations");
        annotations.put("id", text(alert, "id"));
        annotations.put("state", text(alert, "state"));
        annotations.put("alert", alert.toString());
        String since = text(alert, "since");
        told.put("startsAt", since == null ? text(alert, "at") : since);
        if (isOver) {
            told.put("endsAt", text(alert, "at"));
        }
        return told;
    }

    private static @Nullable String text(JsonNode alert, String field) {
        JsonNode value = alert.get(field);
        return value != null && value.isString() ? value.stringValue() : null;
    }

    /** What is open, as the topic has it, the oldest first. */
    List<JsonNode> open() {
        return open.values().stream().map(this::withNotice).toList();
    }

    private JsonNode withNotice(JsonNode alert) {
        JsonNode noticed = acknowledged.get(text(alert, "id"));
        if (noticed == null) {
            return alert;
        }
        ObjectNode json = (ObjectNode) alert.deepCopy();
        json.set(Acknowledgement.MEMBER, noticed.path("at"));
        if (noticed.has(Acknowledgement.QUIET)) {
            json.set(Acknowledgement.QUIET, noticed.get(Acknowledgement.QUIET));
        }
        return json;
    }

    /** What people have said of alerts, by their ids; the newest {@value #MOST}. */
    Map<String, JsonNode> acknowledged() {
        return acknowledged;
    }
}
