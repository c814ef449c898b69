package io.leat.format.webhook;

import io.leat.core.FieldPath;
import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the members of what a client asks for; what is wrong is told in a sentence that quotes nothing of it. */
public final class OrderMembers {

    private static final Set<String> BATCH = Set.of("max_items", "max_wait_ms");
    private static final Set<String> LIMITS = Set.of("in_flight", "rate", "timeout_ms", "give_up_after_ms");
    private static final int USUAL_ITEMS = 100;
    private static final long USUAL_WAIT_MILLIS = 1_000;
    private static final int MOST_FIELDS = 100;

    private OrderMembers() {}

    static String name(JsonNode json) {
        String text = text(json, "name");
        if (!Subscription.NAME.matcher(text).matches()) {
            throw wrong("A name has 1 to 63 of a-z, 0-9 and '-', and does not start with '-'.");
        }
        return text;
    }

    static String url(JsonNode json) {
        String url = text(json, "url");
        WebhookUrl.parse(url);
        return url;
    }

    static String condition(JsonNode json) {
        String text = text(json, "where");
        try {
            Filter.compile(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'where' is no condition that compiles.", e);
        }
    }

    static List<FieldPath> fields(JsonNode json, List<FieldPath> otherwise) {
        JsonNode list = json.path("fields");
        if (list.isMissingNode()) {
            return otherwise;
        }
        if (!list.isArray() || list.size() > MOST_FIELDS) {
            throw wrong("'fields' is a list of at most %s paths.".formatted(MOST_FIELDS));
        }
        List<FieldPath> fields = new ArrayList<>();
        for (JsonNode path : list) {
            try {
                fields.add(FieldPath.parse(path.isString() ? path.stringValue() : ""));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("'fields' has what is no path such as after.price.", e);
            }
        }
        return fields;
    }

    static Subscription.CatchUp catchUp(JsonNode json, Subscription.CatchUp otherwise) {
        return choice(json, "catch_up", Subscription.CatchUp.values(), otherwise);
    }

    static Webhook.Batch batch(JsonNode json, Webhook.Batch otherwise) {
        if (!json.has("batch")) {
            return otherwise;
        }
        JsonNode batch = only(json.get("batch"), BATCH, "'batch'");
        boolean batches = otherwise.maxItems() > 1;
        return new Webhook.Batch(
                Math.toIntExact(whole(batch, "max_items", batches ? otherwise.maxItems() : USUAL_ITEMS)),
                Duration.ofMillis(whole(
                        batch, "max_wait_ms", batches ? otherwise.maxWait().toMillis() : USUAL_WAIT_MILLIS)));
    }

    static Webhook.Limits limits(JsonNode json, Webhook.Limits usual) {
        if (!json.has("limits")) {
            return usual;
        }
        JsonNode limits = only(json.get("limits"), LIMITS, "'limits'");
        return new Webhook.Limits(
                Math.toIntExact(whole(limits, "in_flight", usual.inFlight())),
                Math.toIntExact(whole(limits, "rate", usual.ratePerSecond())),
                Duration.ofMillis(whole(limits, "timeout_ms", usual.timeout().toMillis())),
                Duration.ofMillis(
                        whole(limits, "give_up_after_ms", usual.giveUpAfter().toMillis())));
    }

    /**
     * An object with no other members.
     *
     * @param what begins the sentence that says so
     * @throws IllegalArgumentException if it is none
     */
    public static JsonNode only(JsonNode json, Set<String> known, String what) {
        if (!json.isObject()) {
            throw wrong(what + " is a JSON object.");
        }
        if (!known.containsAll(json.propertyNames())) {
            throw wrong("%s has no members but %s."
                    .formatted(what, String.join(", ", known.stream().sorted().toList())));
        }
        return json;
    }

    /**
     * A member that is a text.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static String text(JsonNode json, String member) {
        JsonNode value = json.path(member);
        if (!value.isString()) {
            throw wrong("'%s' is missing or no text.".formatted(member));
        }
        return value.stringValue();
    }

    static boolean yes(JsonNode json, String member, boolean usual) {
        JsonNode value = json.path(member);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw wrong("'%s' is true or false.".formatted(member));
        }
        return value.asBoolean(usual);
    }

    private static long whole(JsonNode json, String member, long usual) {
        JsonNode value = json.path(member);
        if (value.isMissingNode()) {
            return usual;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong("'%s' is a whole number.".formatted(member));
        }
        return value.longValue();
    }

    static <E extends Enum<E>> E choice(JsonNode json, String member, E[] choices, E usual) {
        JsonNode value = json.path(member);
        if (value.isMissingNode()) {
            return usual;
        }
        return Arrays.stream(choices)
                .filter(choice ->
                        value.isString() && SubscriptionJson.word(choice).equals(value.stringValue()))
                .findFirst()
                .orElseThrow(() -> wrong("'%s' is %s."
                        .formatted(
                                member,
                                String.join(
                                        " or ",
                                        Arrays.stream(choices)
                                                .map(SubscriptionJson::word)
                                                .toList()))));
    }

    private static IllegalArgumentException wrong(String sentence) {
        return new IllegalArgumentException(sentence);
    }
}
