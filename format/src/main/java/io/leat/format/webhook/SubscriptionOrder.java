package io.leat.format.webhook;

import io.leat.core.delivery.Secret;
import io.leat.core.delivery.SigningKey;
import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
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

    /**
     * Reads an order.
     *
     * @param random fit for secrets
     * @throws IllegalArgumentException with a sentence that says what is wrong and quotes nothing of it
     */
    public static SubscriptionOrder read(JsonNode json, RandomGenerator random) {
        OrderMembers.only(json, MEMBERS, "A subscription");
        String url = OrderMembers.url(json);
        boolean draws = !json.has("secret");
        Secret secret = draws ? WebhookSecret.generate(random) : new Secret(OrderMembers.text(json, "secret"));
        WebhookSecret.parse(secret);
        String where = json.has("where") ? OrderMembers.condition(json) : null;
        Subscription subscription = new Subscription(
                OrderMembers.name(json),
                new Webhook(
                        url,
                        List.of(new SigningKey(secret, SigningKey.FOR_GOOD)),
                        OrderMembers.batch(json, Webhook.Batch.NONE),
                        OrderMembers.yes(json, "gzip", false),
                        OrderMembers.limits(json, Webhook.Limits.DEFAULT)),
                where,
                OrderMembers.fields(json, List.of()),
                OrderMembers.catchUp(json, Subscription.CatchUp.ALL),
                OrderMembers.choice(json, "from", Subscription.From.values(), Subscription.From.EARLIEST));
        return new SubscriptionOrder(subscription, draws ? secret : null);
    }
}
