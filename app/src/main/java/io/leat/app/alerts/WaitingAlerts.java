package io.leat.app.alerts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Alerts on their way to an end. What comes in quiet hours waits for their end; what has begun and ended in them is told to
 * nobody, and of the rest the newest is. So does what is about something that a person wants quiet about. That an alert has
 * grown worse is not told to whoever has acknowledged it. For one thread.
 *
 * <p>Limit: {@value #MOST} that wait, of more the oldest are not told; as many that people have spoken of.
 */
final class WaitingAlerts {

    private static final int MOST = 1_000;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> BEGINS = Set.of("started");
    private static final Set<String> ENDS = Set.of("over", "settled");

    private List<JsonNode> waiting = new ArrayList<>();
    private final Set<String> acknowledged = new LinkedHashSet<>();
    private final Map<JsonNode, Long> quietUntil = new LinkedHashMap<>();
    private boolean wasQuiet;

    /** Takes a record of the topic of alerts; what is neither an alert nor speaks of one is passed over. */
    void take(byte @Nullable [] value) {
        JsonNode alert = read(value);
        if (alert == null || isNotice(alert)) {
            return;
        }
        if (!alert.path("alert").asString("").isEmpty()
                && !alert.path("state").asString("").isEmpty()) {
            waiting.add(alert);
            if (waiting.size() > MOST) {
                waiting.remove(0);
            }
        }
    }

    /** Takes a record of what was told before: only what people have said of alerts still matters. */
    void remember(byte @Nullable [] value) {
        JsonNode alert = read(value);
        if (alert != null) {
            isNotice(alert);
        }
    }

    private boolean isNotice(JsonNode alert) {
        String spokenOf = alert.path(Acknowledgement.MEMBER).asString("");
        if (spokenOf.isEmpty()) {
            return false;
        }
        acknowledged.remove(spokenOf); // what was spoken of last is remembered longest
        acknowledged.add(spokenOf);
        if (acknowledged.size() > MOST) {
            acknowledged.remove(acknowledged.iterator().next());
        }
        long until = Acknowledgement.quietUntil(alert);
        if (until > 0) {
            quietUntil.put(alert.path("about"), until);
            while (quietUntil.size() > MOST) {
                quietUntil.remove(quietUntil.keySet().iterator().next());
            }
        }
        return true;
    }

    private static @Nullable JsonNode read(byte @Nullable [] value) {
        try {
            JsonNode alert = value == null ? null : JSON.readTree(value);
            return alert != null && alert.isObject() ? alert : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /**
     * What is to be told now, in order.
     *
     * @param isQuiet whether the hours are
     */
    List<JsonNode> due(boolean isQuiet, long nowMillis) {
        if (isQuiet) {
            wasQuiet = true;
            return List.of();
        }
        if (wasQuiet) {
            waiting = folded(waiting);
            wasQuiet = false;
        }
        waiting.removeIf(alert -> alert.path("state").asString("").equals("worse")
                && acknowledged.contains(alert.path("id").asString("")));
        quietUntil.values().removeIf(until -> until <= nowMillis);
        if (quietUntil.isEmpty()) {
            return List.copyOf(waiting);
        }
        Map<Boolean, List<JsonNode>> parted = waiting.stream().collect(Collectors.partitioningBy(this::isQuieted));
        List<JsonNode> due = parted.getOrDefault(false, List.of());
        List<JsonNode> kept = folded(parted.getOrDefault(true, List.of()));
        waiting = new ArrayList<>(due);
        waiting.addAll(kept);
        return List.copyOf(due);
    }

    private boolean isQuieted(JsonNode alert) {
        return quietUntil.containsKey(Acknowledgement.about(alert));
    }

    /** Without what has begun and ended among them; of the rest the newest each. */
    private static List<JsonNode> folded(List<JsonNode> alerts) {
        Map<String, JsonNode> newest = new LinkedHashMap<>();
        Set<String> begunInThem = new HashSet<>();
        for (JsonNode alert : alerts) {
            String what = OpenAlerts.what(alert);
            String state = alert.path("state").asString("");
            boolean isNew = newest.remove(what) == null;
            if (isNew && BEGINS.contains(state)) {
                begunInThem.add(what);
            }
            if (!(ENDS.contains(state) && begunInThem.remove(what))) {
                newest.put(what, alert);
            }
        }
        return new ArrayList<>(newest.values());
    }

    /** It was told. */
    void told(JsonNode alert) {
        waiting.remove(alert);
    }

    /** Whether nothing waits. */
    boolean isEmpty() {
        return waiting.isEmpty();
    }
}
