package io.leat.format.feedfile;

import io.leat.core.FieldPath;
import io.leat.core.delivery.SigningKey;
import io.leat.core.delivery.Subscription;
import io.leat.format.webhook.Filter;
import io.leat.format.webhook.WebhookSecret;
import io.leat.format.webhook.WebhookUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code sinks}: webhooks and their terms. */
final class SinksSection {

    private final Values values;
    private final Problems problems;
    private final SinkWords words;

    private final Knowable knowable;

    /** @param knowable what conditions can speak of */
    SinksSection(Values values, Problems problems, Knowable knowable) {
        this.knowable = knowable;
        this.values = values;
        this.problems = problems;
        this.words = new SinkWords(values, problems);
    }

    /**
     * The subscriptions.
     *
     * @param tellsGone whether the feed tells that keys are gone
     */
    List<Subscription> read(@Nullable Node node, boolean tellsGone) {
        List<Subscription> sinks = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Node entry : node == null ? List.<Node>of() : values.list(node)) {
            Section section = values.section(entry, FeedKey.SINKS.path() + "[]");
            Subscription sink = section == null ? null : sink(section, tellsGone);
            if (sink != null && values.unseen(names, sink.name(), entry)) {
                sinks.add(sink);
            }
        }
        return sinks;
    }

    private @Nullable Subscription sink(Section section, boolean tellsGone) {
        Node nameNode = section.required(FeedKey.SINK_NAME);
        String name = nameNode == null ? null : words.name(nameNode);
        Node webhookNode = section.required(FeedKey.SINK_WEBHOOK);
        Section webhook = webhookNode == null ? null : values.section(webhookNode, FeedKey.SINK_WEBHOOK.path());
        Node urlNode = webhook == null ? null : webhook.required(FeedKey.SINK_URL);
        String url = urlNode == null ? null : url(urlNode);
        Node secretNode = webhook == null ? null : webhook.required(FeedKey.SINK_SECRET);
        List<SigningKey> keys = secretNode == null ? List.of() : keys(secretNode);
        String where = where(section.get(FeedKey.SINK_WHERE), tellsGone);
        Node fieldsNode = section.get(FeedKey.SINK_FIELDS);
        List<FieldPath> fields = fieldsNode == null ? List.of() : values.paths(fieldsNode);
        Subscription.CatchUp catchUp = words.choice(
                section.get(FeedKey.SINK_CATCH_UP),
                "catch_up",
                Subscription.CatchUp.values(),
                Subscription.CatchUp.ALL);
        Subscription.From from = words.choice(
                section.get(FeedKey.SINK_FROM), "from", Subscription.From.values(), Subscription.From.EARLIEST);
        boolean gzip = words.yes(section.get(FeedKey.SINK_GZIP));
        Subscription.Batch batch = batch(section.get(FeedKey.SINK_BATCH));
        Subscription.Limits limits = limits(section.get(FeedKey.SINK_LIMITS));
        if (name == null || url == null || keys.isEmpty()) {
            return null;
        }
        return new Subscription(name, url, keys, where, fields, catchUp, from, batch, gzip, limits);
    }

    private @Nullable String url(Node node) {
        Text text = values.text(node);
        if (text == null) {
            return null;
        }
        try {
            WebhookUrl.parse(text.value());
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

    private @Nullable String where(@Nullable Node node, boolean tellsGone) {
        Text text = node == null ? null : values.text(node);
        if (node == null || text == null) {
            return null;
        }
        try {
            Filter filter = Filter.compile(text.value());
            for (List<String> path : filter.needs()) {
                if (!knowable.mayBeThere(path)) {
                    problems.add(
                            node,
                            ProblemCode.NEVER_ANSWERED,
                            "No change of this feed has '%s': the condition has no answer, and nothing is told."
                                    .formatted(text.filled() ? "…" : String.join(".", path)),
                            "'before' holds the fields of 'changes.compare', 'average' those of 'changes.average'.");
                }
            }
            if (filter.isSilentAboutGone() && tellsGone) {
                problems.add(
                        node,
                        ProblemCode.GONE_NOT_TOLD,
                        Filter.SILENT_ABOUT_GONE,
                        "Write \"op == 'gone' || …\" to have it told, or \"op != 'gone' && …\" to say that it is not.");
            }
            return text.value();
        } catch (IllegalArgumentException e) {
            problems.add(
                    node,
                    ProblemCode.BAD_FILTER,
                    text.filled()
                            ? "The condition does not compile."
                            : "The condition does not compile: " + e.getMessage(),
                    "Write one like: after.price < 50 && op == 'update'.");
            return null;
        }
    }

    private Subscription.Batch batch(@Nullable Node node) {
        Section section = node == null ? null : values.section(node, FeedKey.SINK_BATCH.path());
        if (section == null) {
            return Subscription.Batch.NONE;
        }
        Integer items = words.whole(section.get(FeedKey.SINK_MAX_ITEMS), 1, Subscription.Batch.MOST_ITEMS);
        Duration wait =
                words.duration(section.get(FeedKey.SINK_MAX_WAIT), Duration.ZERO, Subscription.Batch.LONGEST_WAIT);
        return new Subscription.Batch(items == null ? 100 : items, wait == null ? Duration.ofSeconds(1) : wait);
    }

    private Subscription.Limits limits(@Nullable Node node) {
        Subscription.Limits defaults = Subscription.Limits.DEFAULT;
        Section section = node == null ? null : values.section(node, FeedKey.SINK_LIMITS.path());
        if (section == null) {
            return defaults;
        }
        Integer inFlight = words.whole(section.get(FeedKey.SINK_IN_FLIGHT), 1, Subscription.Limits.MOST_IN_FLIGHT);
        Integer rate = words.whole(section.get(FeedKey.SINK_RATE), 1, Subscription.Limits.MOST_RATE);
        Duration timeout = words.duration(
                section.get(FeedKey.SINK_TIMEOUT), Duration.ofMillis(100), Subscription.Limits.LONGEST_TIMEOUT);
        Duration giveUp = words.duration(
                section.get(FeedKey.SINK_GIVE_UP_AFTER), Duration.ofSeconds(1), Subscription.Limits.LONGEST_TRYING);
        return new Subscription.Limits(
                inFlight == null ? defaults.inFlight() : inFlight,
                rate == null ? defaults.ratePerSecond() : rate,
                timeout == null ? defaults.timeout() : timeout,
                giveUp == null ? defaults.giveUpAfter() : giveUp);
    }
}
