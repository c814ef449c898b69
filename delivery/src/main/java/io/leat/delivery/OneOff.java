package io.leat.delivery;

import io.leat.core.delivery.Subscription;
import io.leat.delivery.guard.Guard;
import io.leat.delivery.guard.Network;
import io.leat.delivery.guard.SystemNames;
import io.leat.delivery.lane.Outcome;
import io.leat.delivery.webhook.HttpSender;
import io.leat.format.ChangeJson;
import io.leat.format.webhook.WebhookBody;
import io.leat.format.webhook.WebhookHeaders;
import io.leat.format.webhook.WebhookUrl;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Deliveries a person asks for, outside of any lane: to try an endpoint, or to send again what was given up. */
public final class OneOff implements AutoCloseable {

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setUseDaemonThread(true).setEventLoopPoolSize(1));
    private final SystemNames names = new SystemNames();
    private final HttpSender sender;
    private final InstantSource clock;

    OneOff(List<Network> opened, InstantSource clock) {
        this.sender = new HttpSender(vertx, new Guard(opened, names), clock);
        this.clock = clock;
    }

    /** For whoever posts by its own rules; see {@link Webhooks.Settings#opened}. */
    public static OneOff open(List<Network> opened, InstantSource clock) {
        return new OneOff(opened, clock);
    }

    /** Posts an event of type {@code alert.started} and the like, with the alert as its data; waits for the answer. */
    public Outcome alert(Subscription subscription, JsonNode alert) {
        String state = alert.path("state").asString("");
        String id = "alert_" + alert.path("id").asString("").replaceAll("[^A-Za-z0-9_-]", "_") + "_" + state;
        String body =
                "{\"type\":\"alert." + state + "\",\"timestamp\":" + alert.path("at") + ",\"data\":" + alert + "}";
        return Objects.requireNonNull(post(subscription, id, body.getBytes(StandardCharsets.UTF_8))
                .toCompletableFuture()
                .join());
    }

    /** Posts an event of type {@code leat.test}. */
    CompletionStage<Outcome> test(Subscription subscription) {
        Instant now = clock.instant();
        String body = "{\"type\":\"leat.test\",\"timestamp\":\"" + now + "\",\"data\":{\"subscription\":\""
                + subscription.name() + "\"}}";
        return post(subscription, "test_" + now.toEpochMilli(), body.getBytes(StandardCharsets.UTF_8));
    }

    /** Posts a change again under its own id; waits for the answer. */
    @Nullable
    Outcome again(Standing standing, Undelivered.Lying letter) {
        Outcome outcome = again(standing.subscription(), letter.change());
        return isDelivered(outcome) ? null : outcome;
    }

    private Outcome again(Subscription subscription, byte[] change) {
        JsonNode tree;
        try {
            tree = ChangeJson.tree(change);
        } catch (IllegalArgumentException e) {
            return new Outcome.Failed(Outcome.Fault.CANNOT_BE_READ, "");
        }
        byte[] told = subscription.fields().isEmpty() ? change : WebhookBody.select(tree, subscription.fields());
        String time = tree.path("event_time").asString("");
        byte[] body = subscription.webhook().batch().maxItems() > 1
                ? WebhookBody.batch(List.of(told), time)
                : WebhookBody.single(told, tree.path("op").asString("update"), time);
        return Objects.requireNonNull(post(subscription, tree.path("id").asString(""), body)
                .toCompletableFuture()
                .join());
    }

    private CompletionStage<Outcome> post(Subscription subscription, String id, byte[] body) {
        Letter letter = new Letter(
                id,
                subscription.webhook().gzip() ? WebhookBody.gzip(body) : body,
                subscription.webhook().gzip(),
                null);
        return sender.post(
                WebhookUrl.parse(subscription.webhook().url()),
                letter.headers(
                        clock.millis(),
                        WebhookHeaders.Signer.of(subscription.webhook().keys())),
                letter.body(),
                subscription.webhook().limits().timeout());
    }

    /** Whether the receiver has it. */
    public static boolean isDelivered(Outcome outcome) {
        return outcome instanceof Outcome.Answered answered && answered.status() / 100 == 2;
    }

    /** What came of it, in a few words. */
    public static String words(Outcome outcome) {
        if (outcome instanceof Outcome.Answered answered) {
            return "status " + answered.status();
        }
        Outcome.Failed failed = (Outcome.Failed) outcome;
        return failed.fault().word() + (failed.detail().isEmpty() ? "" : ": " + failed.detail());
    }

    @Override
    public void close() {
        sender.close();
        names.close();
        vertx.close();
    }
}
