package io.leat.gateway.subscription;

import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import io.leat.delivery.AttemptLog;
import io.leat.delivery.Desk;
import io.leat.delivery.Exchanges;
import io.leat.delivery.OneOff;
import io.leat.delivery.Redriven;
import io.leat.delivery.Refusal;
import io.leat.delivery.Standing;
import io.leat.format.EventTimes;
import io.leat.format.feedfile.SinkLogin;
import io.leat.format.feedfile.SinkOrders;
import io.leat.format.webhook.Filter;
import io.leat.format.webhook.SubscriptionOrder;
import io.leat.format.webhook.SubscriptionPatch;
import io.leat.gateway.http.HttpProblem;
import io.leat.gateway.http.HttpProblem.Kind;
import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What each request does at the desk. Waits for the broker. Thread-safe. */
final class Verbs {

    private static final Duration LOOK_BACK = Duration.ofHours(1);
    private static final Duration REDRIVE_WITHIN = Duration.ofSeconds(10);
    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;

    private final Exchanges exchanges;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** @param random fit for secrets */
    Verbs(Exchanges exchanges, InstantSource clock, RandomGenerator random) {
        this.exchanges = exchanges;
        this.clock = clock;
        this.random = random;
    }

    Reply list(Desk desk) {
        ObjectNode json = object();
        String warning = desk.warning();
        if (warning != null) {
            json.put("warning", warning);
        }
        ArrayNode all = json.putArray("subscriptions");
        desk.all().values().forEach(standing -> all.add(Reply.describe(standing)));
        return Reply.ok(json);
    }

    /** @param orders reads those that are for no webhook */
    Reply create(Desk desk, SinkOrders orders, JsonNode body) {
        SubscriptionOrder order = SinkOrders.isOne(body)
                ? new SubscriptionOrder(orders.read(body), null)
                : SubscriptionOrder.read(body, random);
        ObjectNode json = Reply.describe(desk.create(order.subscription()));
        if (order.drawn() != null) {
            json.put("secret", order.drawn().text());
        }
        String where = order.subscription().where();
        if (where != null && Filter.compile(where).isSilentAboutGone()) {
            json.put("warning", Filter.SILENT_ABOUT_GONE);
        }
        return new Reply.Done(201, json);
    }

    Reply get(Desk desk, String name) {
        Standing standing = desk.get(name);
        ObjectNode json = Reply.describe(standing).put("group", desk.group(standing));
        String warning = standing.declared() ? desk.warning() : null;
        if (warning != null) {
            json.put("warning", warning);
        }
        return Reply.ok(json);
    }

    Reply update(Desk desk, String name, JsonNode patch) {
        return Reply.changed(
                desk.update(name, subscription -> SubscriptionPatch.apply(patch, subscription, SinkLogin::renew)));
    }

    Reply move(Desk desk, String name, JsonNode body) {
        return Reply.changed(desk.move(name, text(body, "url")));
    }

    Reply replay(Desk desk, String name, JsonNode body) {
        return Reply.changed(desk.replay(name, moment(text(body, "since"))));
    }

    /** Looks at an end that is no webhook; {@code null} of a webhook, which only an event shows. */
    @Nullable
    Reply look(Desk desk, String name) {
        if (desk.get(name).subscription().sink() instanceof Webhook) {
            return null;
        }
        String problem = desk.look(name);
        return Reply.ok(object().put("delivered", false)
                .put("reachable", problem == null)
                .put("outcome", problem == null ? "can be reached" : problem));
    }

    Reply rotate(Desk desk, String name) {
        return Reply.ok(
                object().put("name", name).put("secret", desk.rotate(name).text()));
    }

    Reply remove(Desk desk, String name) {
        return desk.remove(name) ? new Reply.Done(204, null) : new Reply.Done(202, object().put("settled", false));
    }

    Reply undelivered(Desk desk, String name) {
        ObjectNode json = object();
        desk.undelivered(name).forEach(json.putArray("undelivered")::add);
        return Reply.ok(json);
    }

    Reply exchanges(String feed, Desk desk, String name) {
        ObjectNode json = object();
        exchanges.of(feed, desk.get(name).id()).forEach(json.putArray("exchanges")::add);
        return Reply.ok(json);
    }

    Reply redrive(Desk desk, String name, MultiMap query) {
        long end = clock.millis() + REDRIVE_WITHIN.toMillis();
        boolean older = "true".equals(query.get("older"));
        Redriven done = desk.redrive(name, older, () -> clock.millis() < end);
        ObjectNode json =
                object().put("sent", done.sent()).put("left", done.left()).put("kept", done.kept());
        if (done.stoppedBy() != null) {
            json.put("stopped_by", OneOff.words(done.stoppedBy()));
        }
        return Reply.ok(json);
    }

    Reply deliveries(Desk desk, MultiMap query) {
        String since = query.get("since");
        AttemptLog.Wanted wanted = new AttemptLog.Wanted(
                desk.wanted(name(query.get("subscription"))),
                "true".equals(query.get("failed")),
                since == null ? clock.millis() - LOOK_BACK.toMillis() : moment(since));
        int most = (int) Math.min(LARGEST_PAGE, number(query, "limit", USUAL_PAGE));
        AttemptLog.Page page = desk.attempts().page(wanted, number(query, "after", 0), most);
        ObjectNode json = object();
        page.attempts().forEach(json.putArray("attempts")::add);
        if (page.next() != null) {
            json.put("next", page.next());
        }
        return Reply.ok(json);
    }

    /** What a refusal at the desk is over HTTP. */
    static Reply refused(Refusal refused) {
        return switch (refused.reason()) {
            case UNKNOWN -> Reply.not(Kind.NOT_FOUND, refused.reason().sentence());
            case EXISTS -> Reply.not(Kind.NAME_TAKEN, "");
            case NOT_ACTIVE -> Reply.not(Kind.NOT_ACTIVE, refused.reason().sentence());
            case BUSY ->
                new Reply.Not(
                        HttpProblem.retry(Kind.UNAVAILABLE, 5, refused.reason().sentence()));
            case NOT_ONE_BY_ONE -> Reply.not(Kind.NOT_ONE_BY_ONE, "");
            case TOO_MANY ->
                Reply.not(Kind.TOO_MANY_SUBSCRIPTIONS, refused.reason().sentence());
            case NO_WEBHOOK -> Reply.not(Kind.NOT_WELL_FORMED, refused.reason().sentence());
            case DECLARED -> Reply.not(Kind.DECLARED, "Change it there.");
        };
    }

    private static @Nullable String name(@Nullable String text) {
        if (text != null && !Subscription.NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("'subscription' is the name of one.");
        }
        return text;
    }

    private static String text(JsonNode body, String member) {
        JsonNode value = body.path(member);
        if (body.size() != 1 || !value.isString()) {
            throw new IllegalArgumentException("The body has one member, '%s', a text.".formatted(member));
        }
        return value.stringValue();
    }

    private static long moment(String text) {
        try {
            return EventTimes.parse(text) / 1_000;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'since' is a time such as 2026-02-07T17:22:01Z.", e);
        }
    }

    private static long number(MultiMap query, String name, long usual) {
        String text = query.get(name);
        if (text == null) {
            return usual;
        }
        if (!text.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("'%s' is a whole number.".formatted(name));
        }
        return Long.parseLong(text);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
