package io.leat.format.webhook;

import io.leat.core.FieldPath;
import io.leat.core.delivery.Secret;
import io.leat.core.delivery.SigningKey;
import io.leat.core.delivery.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A new subscription as a client asks for it in JSON, in the words of {@link SubscriptionJson#describe}; all but name and
 * address may be left out.
 *
 * @param subscription what it asks for
 * @param drawn its secret, if it was drawn here and has to be shown; {@code null} if the client brought one
 */
public record SubscriptionOrder(Subscription subscription, @Nullable Secret drawn) {

    private static final Set<String> MEMBERS =
            Set.of("name", "url", "secret", "where", "fields", "catch_up", "from", "batch", "gzip", "limits");
    private static final Set<String> BATCH = Set.of("max_items", "max_wait_ms");
    private static final Set<String> LIMITS = Set.of("in_flight", "rate", "timeout_ms", "give_up_after_ms");
    private static final int USUAL_ITEMS = 100;
    private static final long USUAL_WAIT_MILLIS = 1_000;
    private static final int MOST_FIELDS = 100;

    /**
     * Reads an order.
     *
     * @param random fit for secrets
     * @throws IllegalArgumentException with a sentence that says what is wrong and quotes nothing of it
     */
    public static SubscriptionOrder read(JsonNode json, RandomGenerator random) {
        only(json, MEMBERS, "A subscription");
        String url = text(json, "url");
        WebhookUrl.parse(url);
        boolean draws = !json.has("secret");
        Secret secret = draws ? WebhookSecret.generate(random) : new Secret(text(json, "secret"));
        WebhookSecret.parse(secret);
        String where = json.has("where") ? condition(text(json, "where")) : null;
        Subscription subscription = new Subscription(
                name(text(json, "name")),
                url,
                List.of(new SigningKey(secret, SigningKey.FOR_GOOD)),
                where,
                fields(json),
                choice(json, "catch_up", Subscription.CatchUp.values(), Subscription.CatchUp.ALL),
                choice(json, "from", Subscription.From.values(), Subscription.From.EARLIEST),
                batch(json),
                yes(json, "gzip"),
                limits(json));
        return new SubscriptionOrder(subscription, draws ? secret : null);
    }

    private static String name(String text) {
        if (!Subscription.NAME.matcher(text).matches()) {
            throw wrong("A name has 1 to 63 of a-z, 0-9 and '-', and does not start with '-'.");
        }
        return text;
    }

    private static String condition(String text) {
        try {
            Filter.compile(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'where' is no condition that compiles.", e);
        }
    }

    private static List<FieldPath> fields(JsonNode json) {
        JsonNode list = json.path("fields");
        if (list.isMissingNode()) {
            return List.of();
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

    private static Subscription.Batch batch(JsonNode json) {
        if (!json.has("batch")) {
            return Subscription.Batch.NONE;
        }
        JsonNode batch = only(json.get("batch"), BATCH, "'batch'");
        return new Subscription.Batch(
                Math.toIntExact(whole(batch, "max_items", USUAL_ITEMS)),
                Duration.ofMillis(whole(batch, "max_wait_ms", USUAL_WAIT_MILLIS)));
    }

    private static Subscription.Limits limits(JsonNode json) {
        Subscription.Limits usual = Subscription.Limits.DEFAULT;
        if (!json.has("limits")) {
            return usual;
        }
        JsonNode limits = only(json.get("limits"), LIMITS, "'limits'");
        return new Subscription.Limits(
                Math.toIntExact(whole(limits, "in_flight", usual.inFlight())),
                Math.toIntExact(whole(limits, "rate", usual.ratePerSecond())),
                Duration.ofMillis(whole(limits, "timeout_ms", usual.timeout().toMillis())),
                Duration.ofMillis(
                        whole(limits, "give_up_after_ms", usual.giveUpAfter().toMillis())));
    }

    private static JsonNode only(JsonNode json, Set<String> known, String what) {
        if (!json.isObject()) {
            throw wrong(what + " is a JSON object.");
        }
        if (!known.containsAll(json.propertyNames())) {
            throw wrong("%s has no members but %s."
                    .formatted(what, String.join(", ", known.stream().sorted().toList())));
        }
        return json;
    }

    private static String text(JsonNode json, String member) {
        JsonNode value = json.path(member);
        if (!value.isString()) {
            throw wrong("'%s' is missing or no text.".formatted(member));
        }
        return value.stringValue();
    }

    private static boolean yes(JsonNode json, String member) {
        JsonNode value = json.path(member);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw wrong("'%s' is true or false.".formatted(member));
        }
        return value.asBoolean(false);
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

    private static <E extends Enum<E>> E choice(JsonNode json, String member, E[] choices, E usual) {
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
