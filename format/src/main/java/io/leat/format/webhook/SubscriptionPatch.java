package io.leat.format.webhook;

import io.leat.core.FieldPath;
import io.leat.core.delivery.Sink;
import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * New terms for a subscription in JSON: what is left out stays, {@code null} takes a condition, a selection or batches away
 * (RFC 7396).
 */
public final class SubscriptionPatch {

    private static final Set<String> ANY_SINK = Set.of("where", "fields");
    private static final Set<String> WEBHOOK = Set.of("url", "where", "fields", "catch_up", "batch", "gzip", "limits");

    private SubscriptionPatch() {}

    /**
     * The subscription on its new terms.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong and quotes nothing of it
     */
    public static Subscription apply(JsonNode patch, Subscription to) {
        boolean posts = to.sink() instanceof Webhook;
        OrderMembers.only(patch, posts ? WEBHOOK : ANY_SINK, "A change of a subscription");
        List<FieldPath> fields = patch.path("fields").isNull() ? List.of() : OrderMembers.fields(patch, to.fields());
        return new Subscription(
                to.name(),
                sink(patch, to.sink()),
                where(patch, to),
                fields,
                OrderMembers.catchUp(patch, to.catchUp()),
                to.from());
    }

    private static Sink sink(JsonNode patch, Sink to) {
        if (!(to instanceof Webhook webhook)) {
            return to;
        }
        return new Webhook(
                patch.has("url") ? OrderMembers.url(patch) : webhook.url(),
                webhook.keys(),
                patch.path("batch").isNull() ? Webhook.Batch.NONE : OrderMembers.batch(patch, webhook.batch()),
                OrderMembers.yes(patch, "gzip", webhook.gzip()),
                OrderMembers.limits(patch, webhook.limits()));
    }

    private static @Nullable String where(JsonNode patch, Subscription to) {
        if (!patch.has("where")) {
            return to.where();
        }
        return patch.get("where").isNull() ? null : OrderMembers.condition(patch);
    }
}
