package io.leat.format.webhook;

import io.leat.core.FieldPath;
import io.leat.core.delivery.Subscription;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * New terms for a subscription in JSON: what is left out stays, {@code null} takes a condition, a selection or batches away
 * (RFC 7396).
 */
public final class SubscriptionPatch {

    private static final Set<String> MEMBERS = Set.of("url", "where", "fields", "catch_up", "batch", "gzip", "limits");

    private SubscriptionPatch() {}

    /**
     * The subscription on its new terms.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong and quotes nothing of it
     */
    public static Subscription apply(JsonNode patch, Subscription to) {
        OrderMembers.only(patch, MEMBERS, "A change of a subscription");
        List<FieldPath> fields = patch.path("fields").isNull() ? List.of() : OrderMembers.fields(patch, to.fields());
        Subscription.Batch batch =
                patch.path("batch").isNull() ? Subscription.Batch.NONE : OrderMembers.batch(patch, to.batch());
        return new Subscription(
                to.name(),
                patch.has("url") ? OrderMembers.url(patch) : to.url(),
                to.keys(),
                where(patch, to),
                fields,
                OrderMembers.catchUp(patch, to.catchUp()),
                to.from(),
                batch,
                OrderMembers.yes(patch, "gzip", to.gzip()),
                OrderMembers.limits(patch, to.limits()));
    }

    private static @Nullable String where(JsonNode patch, Subscription to) {
        if (!patch.has("where")) {
            return to.where();
        }
        return patch.get("where").isNull() ? null : OrderMembers.condition(patch);
    }
}
