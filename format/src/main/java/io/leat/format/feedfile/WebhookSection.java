package io.leat.format.feedfile;

import io.leat.core.delivery.SigningKey;
import io.leat.core.delivery.Webhook;
import io.leat.format.webhook.WebhookSecret;
import io.leat.format.webhook.WebhookUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code sinks[].webhook} and what stands beside it for webhooks alone. */
final class WebhookSection {

    private final Values values;
    private final Problems problems;
    private final Reach reach;
    private final SinkWords words;

    /** @param reach where webhooks can be */
    WebhookSection(Values values, Problems problems, Reach reach, SinkWords words) {
        this.values = values;
        this.problems = problems;
        this.reach = reach;
        this.words = words;
    }

    /**
     * The webhook of a sink.
     *
     * @param sink the whole entry
     * @return {@code null} if there is none: that has been reported
     */
    @Nullable
    Webhook read(Section sink) {
        Node node = sink.required(WebhookKey.WEBHOOK);
        Section webhook = node == null ? null : values.section(node, WebhookKey.WEBHOOK.path());
        Node urlNode = webhook == null ? null : webhook.required(WebhookKey.URL);
        String url = urlNode == null ? null : url(urlNode);
        Node secretNode = webhook == null ? null : webhook.required(WebhookKey.SECRET);
        List<SigningKey> keys = secretNode == null ? List.of() : keys(secretNode);
        boolean gzip = words.yes(sink.get(WebhookKey.GZIP));
        Webhook.Batch batch = batch(sink.get(WebhookKey.BATCH));
        Webhook.Limits limits = limits(sink.get(WebhookKey.LIMITS));
        return url == null || keys.isEmpty() ? null : new Webhook(url, keys, batch, gzip, limits);
    }

    private @Nullable String url(Node node) {
        Text text = values.text(node);
        if (text == null) {
            return null;
        }
        try {
            String refusal = reach.refusal(WebhookUrl.parse(text.value()));
            if (refusal != null) {
                problems.add(
                        node,
                        ProblemCode.WEBHOOK_OUT_OF_REACH,
                        "Every delivery will be refused: " + refusal + ".",
                        "Give an address that is reached over https on port 443 or 8443, or start with"
                                + " --allow-private-webhooks where the receiver is your own.");
            }
            return text.value();
        } catch (IllegalArgumentException e) {
            problems.add(
                    node,
                    ProblemCode.BAD_WEBHOOK_URL,
                    String.valueOf(e.getMessage()),
                    "Write it like https://example.com/hooks/prices.");
            return null;
        }
    }

    private List<SigningKey> keys(Node node) {
        List<SigningKey> keys = new ArrayList<>();
        for (Node entry : values.list(node)) {
            Text text = values.text(entry);
            if (text != null) {
                try {
                    SigningKey key = SigningKey.of(text.value());
                    WebhookSecret.parse(key.secret());
                    keys.add(key);
                } catch (IllegalArgumentException e) {
                    problems.add(
                            entry,
                            ProblemCode.BAD_WEBHOOK_SECRET,
                            String.valueOf(e.getMessage()),
                            "'echo whsec_$(head -c 32 /dev/urandom | base64)' draws one.");
                }
            }
        }
        return keys;
    }

    private Webhook.Batch batch(@Nullable Node node) {
        Section section = node == null ? null : values.section(node, WebhookKey.BATCH.path());
        if (section == null) {
            return Webhook.Batch.NONE;
        }
        Integer items = words.whole(section.get(WebhookKey.MAX_ITEMS), 1, Webhook.Batch.MOST_ITEMS);
        Duration wait = words.duration(section.get(WebhookKey.MAX_WAIT), Duration.ZERO, Webhook.Batch.LONGEST_WAIT);
        return new Webhook.Batch(items == null ? 100 : items, wait == null ? Duration.ofSeconds(1) : wait);
    }

    private Webhook.Limits limits(@Nullable Node node) {
        Webhook.Limits defaults = Webhook.Limits.DEFAULT;
        Section section = node == null ? null : values.section(node, WebhookKey.LIMITS.path());
        if (section == null) {
            return defaults;
        }
        Integer inFlight = words.whole(section.get(WebhookKey.IN_FLIGHT), 1, Webhook.Limits.MOST_IN_FLIGHT);
        Integer rate = words.whole(section.get(WebhookKey.RATE), 1, Webhook.Limits.MOST_RATE);
        Duration timeout = words.duration(
                section.get(WebhookKey.TIMEOUT), Webhook.Limits.SHORTEST_TIMEOUT, Webhook.Limits.LONGEST_TIMEOUT);
        Duration giveUp = words.duration(
                section.get(WebhookKey.GIVE_UP_AFTER), Duration.ofSeconds(1), Webhook.Limits.LONGEST_TRYING);
        return new Webhook.Limits(
                inFlight == null ? defaults.inFlight() : inFlight,
                rate == null ? defaults.ratePerSecond() : rate,
                timeout == null ? defaults.timeout() : timeout,
                giveUp == null ? defaults.giveUpAfter() : giveUp);
    }
}
