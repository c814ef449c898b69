package io.leat.format.webhook;

import io.leat.core.FieldPath;
import io.leat.core.delivery.Secret;
import io.leat.core.delivery.SigningKey;
import io.leat.core.delivery.Sink;
import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * New terms for a subscription in JSON: what is left out stays, {@code null} takes a condition, a selection or batches away
 * (RFC 7396).
 */
public final class SubscriptionPatch {

    private static final Set<String> WEBHOOK =
            Set.of("url", "secret", "where", "fields", "catch_up", "batch", "gzip", "limits");

    private SubscriptionPatch() {}

    /**
     * The subscription on its new terms.
     *
     * @param logins reads new credentials of a sink that is no webhook, in the object of its kind's name
     * @throws IllegalArgumentException with a sentence that says what is wrong and quotes nothing of it
     */
    public static Subscription apply(JsonNode patch, Subscription to, BiFunction<JsonNode, Sink, Sink> logins) {
        boolean posts = to.sink() instanceof Webhook;
        Set<String> known =
                posts ? WEBHOOK : Set.of("where", "fields", to.sink().kind());
        OrderMembers.only(patch, known, "A change of a subscription");
        List<FieldPath> fields = patch.path("fields").isNull() ? List.of() : OrderMembers.fields(patch, to.fields());
        return new Subscription(
                to.name(),
                sink(patch, to.sink(), logins),
                where(patch, to),
                fields,
                OrderMembers.catchUp(patch, to.catchUp()),
                to.from());
    }

    private static Sink sink(JsonNode patch, Sink to, BiFunction<JsonNode, Sink, Sink> logins) {
        if (!(to instanceof Webhook webhook)) {
            return patch.has(to.kind()) ? logins.apply(patch.get(to.kind()), to) : to;
        }
        return new Webhook(
                patch.has("url") ? OrderMembers.url(patch) : webhook.url(),
                patch.has("secret") ? List.of(key(patch)) : webhook.keys(),
                patch.path("batch").isNull() ? Webhook.Batch.NONE : OrderMembers.batch(patch, webhook.batch()),
                OrderMembers.yes(patch, "gzip", webhook.gzip()),
                OrderMembers.limits(patch, webhook.limits()));
    }

    private static SigningKey key(JsonNode patch) {
        Secret secret = new Secret(OrderMembers.text(patch, "secret"));
        WebhookSecret.parse(secret);
        return new SigningKey(secret, SigningKey.FOR_GOOD);
    }

    private static @Nullable String where(JsonNode patch, Subscription to) {
        if (!patch.has("where")) {
            return to.where();
        }
        return patch.get("where").isNull() ? null : OrderMembers.condition(patch);
    }
}
