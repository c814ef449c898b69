package io.leat.delivery;

import io.leat.core.delivery.Subscription;
import io.leat.delivery.TracedDelivery.Outcome;
import io.leat.delivery.lane.Cursor;
import io.leat.format.ChangeJson;
import io.leat.format.webhook.WebhookTopics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What became of changes on their way to the clients of a feed, from the topics alone: the subscriptions, the attempts of the
 * last days, what was given up, and how far each client is. Needs no secret, makes no topic, writes nothing. Waits for the
 * broker; for one thread.
 */
public final class DeliveryTrace {

    /** The clocks of the machines that write changes and attempts may differ by so much. */
    private static final long CLOCKS_APART_MILLIS = 60_000;

    private final WebhookTopics topics;
    private final Map<String, Object> consumer;
    private final Admin admin;
    private final List<TracedClient> clients;
    private final Cursors cursors;
    private final Set<String> there;

    /**
     * A change that was given up.
     *
     * @param lies whether it still lies there; if not, it was sent again
     * @param reason why it was given up; empty if it does not lie there
     */
    private record Lying(boolean lies, String reason) {}

    /**
     * A change that is asked for.
     *
     * @param partition where it stands in the change log
     * @param atMillis when it was written, milliseconds since 1970
     * @param change as it stands in the log
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
    public record Asked(String id, int partition, long offset, long atMillis, byte[] change) {}

    /**
     * Reads who wants what.
     *
     * @param changes the change log
     * @param declared the subscriptions of the feed file
     * @param consumer settings of a consumer of committed records without a group
     * @param admin stays the caller's
     */
    public DeliveryTrace(
            String feed, String changes, List<Subscription> declared, Map<String, Object> consumer, Admin admin) {
        this.topics = WebhookTopics.of(feed);
        this.consumer = consumer;
        this.admin = admin;
        this.there = topicsThere();
        this.cursors = new Cursors(admin, topics, changes);
        Map<String, JsonNode> written = new TreeMap<>();
        read(topics.subscriptions(), 0, rec -> {
            JsonNode entry = rec.value() == null ? null : StandingJson.parse(rec.value());
            if (entry == null) {
                written.remove(key(rec));
            } else {
                written.put(key(rec), entry);
            }
        });
        this.clients = TracedClient.of(declared, written);
    }

    /** What became of each change, by its id, one answer for every client. */
    public Map<String, List<TracedDelivery>> of(Collection<Asked> asked) {
        Map<String, List<TracedDelivery>> answers = new LinkedHashMap<>();
        if (clients.isEmpty() || asked.isEmpty()) {
            return answers;
        }
        Map<String, List<JsonNode>> attempts = attempts(asked);
        Map<String, Lying> letters = letters(asked);
        Set<Integer> partitions = new TreeSet<>();
        asked.forEach(each -> partitions.add(each.partition()));
        Map<String, Map<Integer, Cursors.Committed>> committed =
                cursors.load(clients.stream().map(TracedClient::id).toList(), partitions);
        for (Asked each : asked) {
            JsonNode change = ChangeJson.tree(each.change());
            List<TracedDelivery> deliveries = new ArrayList<>();
            for (TracedClient client : clients) {
                boolean asksFor = client.wants(change).orElse(false);
                List<JsonNode> mine = attempts.getOrDefault(each.id(), List.of()).stream()
                        .filter(client::isMine)
                        .filter(attempt -> asksFor || !attempt.has(Attempts.TO))
                        .toList();
                Cursors.Committed cursor =
                        committed.getOrDefault(client.id(), Map.of()).get(each.partition());
                deliveries.add(delivery(
                        client,
                        each,
                        change,
                        mine,
                        letters.get(client.id() + "/" + each.id()),
                        cursor == null ? null : cursor.cursor()));
            }
            answers.put(each.id(), deliveries);
        }
        return answers;
    }

    /** @param letter {@code null} if it was never given up */
    private static TracedDelivery delivery(
            TracedClient client,
            Asked asked,
            JsonNode change,
            List<JsonNode> attempts,
            @Nullable Lying letter,
            @Nullable Cursor cursor) {
        boolean batch = attempts.stream().anyMatch(attempt -> attempt.has(Attempts.TO));
        boolean refused = batch && letter != null;
        if (!refused && attempts.stream().anyMatch(attempt -> result(attempt).equals("delivered"))) {
            return traced(client, Outcome.DELIVERED, "", attempts);
        }
        if (letter != null) {
            return traced(client, letter.lies() ? Outcome.UNDELIVERED : Outcome.SENT_AGAIN, letter.reason(), attempts);
        }
        if (attempts.isEmpty()) {
            Optional<Boolean> wants = client.wants(change);
            if (!wants.orElse(false)) {
                return traced(client, wants.isEmpty() ? Outcome.UNANSWERED : Outcome.FILTERED_OUT, "", attempts);
            }
            if (client.beginsBehind(asked.partition(), asked.offset())) {
                return traced(client, Outcome.BEFORE_START, "", attempts);
            }
        }
        boolean isPast = cursor != null
                && asked.offset() < cursor.end()
                && !cursor.open().contains(asked.offset());
        if (!isPast) {
            return traced(client, Outcome.WAITING, waitsFor(client, attempts), attempts);
        }
        return client.folds()
                ? traced(client, Outcome.FOLDED, "catch_up: latest", attempts)
                : traced(
                        client,
                        Outcome.NOT_KEPT,
                        "told before the client began, or longer ago than attempts are kept",
                        attempts);
    }

    private static String waitsFor(TracedClient client, List<JsonNode> attempts) {
        if (!client.state().equals("active")) {
            return "the subscription is " + client.state();
        }
        String next = attempts.isEmpty()
                ? ""
                : attempts.get(attempts.size() - 1).path("next").asString("");
        return next.isEmpty() ? "" : "next attempt at " + next;
    }

    private static TracedDelivery traced(TracedClient client, Outcome outcome, String detail, List<JsonNode> attempts) {
        return new TracedDelivery(client.name(), client.where(), outcome, detail, attempts);
    }

    /** The attempts of each change, by its id. */
    private Map<String, List<JsonNode>> attempts(Collection<Asked> asked) {
        Map<String, String> ids = new HashMap<>();
        long since = Long.MAX_VALUE;
        for (Asked each : asked) {
            ids.put(each.id(), each.id());
            ids.put(place(each.partition(), each.offset()), each.id());
            since = Math.min(since, each.atMillis());
        }
        Map<String, List<JsonNode>> attempts = new HashMap<>();
        read(topics.attempts(), Math.max(0, since - CLOCKS_APART_MILLIS), rec -> {
            JsonNode attempt = rec.value() == null ? null : StandingJson.parse(rec.value());
            if (attempt != null && !result(attempt).equals(Attempts.UNANSWERED)) {
                idsOf(attempt, ids, asked).forEach(id -> attempts.computeIfAbsent(id, none -> new ArrayList<>())
                        .add(attempt));
            }
        });
        return attempts;
    }

    /** The changes asked for that an attempt carried: one names its id, a batch the places of all, or the first and the last. */
    private static Set<String> idsOf(JsonNode attempt, Map<String, String> ids, Collection<Asked> asked) {
        Set<String> found = new TreeSet<>();
        int partition = attempt.path("partition").asInt(-1);
        if (attempt.has(Attempts.TO)) {
            long from = attempt.path("offset").asLong(0);
            long to = attempt.path(Attempts.TO).asLong(0);
            asked.stream()
                    .filter(each -> each.partition() == partition && each.offset() >= from && each.offset() < to)
                    .forEach(each -> found.add(each.id()));
            return found;
        }
        JsonNode offsets = attempt.path(Attempts.OFFSETS);
        if (!offsets.isArray()) {
            add(ids.get(attempt.path("webhook_id").asString("")), found);
        }
        offsets.forEach(offset -> add(ids.get(place(partition, offset.asLong(-1))), found));
        return found;
    }

    private static void add(@Nullable String id, Set<String> found) {
        if (id != null) {
            found.add(id);
        }
    }

    /** What was given up, by client and change. */
    private Map<String, Lying> letters(Collection<Asked> asked) {
        Set<String> addresses = new TreeSet<>();
        clients.forEach(client -> asked.forEach(each -> addresses.add(client.id() + "/" + each.id())));
        Map<String, Lying> letters = new HashMap<>();
        read(topics.undelivered(), 0, rec -> {
            if (addresses.contains(key(rec))) {
                Header reason = rec.headers().lastHeader(DeadLetters.REASON);
                boolean lies = rec.value() != null;
                letters.put(
                        key(rec),
                        new Lying(
                                lies,
                                lies && reason != null ? new String(reason.value(), StandardCharsets.UTF_8) : ""));
            }
        });
        return letters;
    }

    private void read(String topic, long sinceMillis, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        if (there.contains(topic)) {
            StoredTopic.read(consumer, topic, new StoredTopic.Place(0, sinceMillis), rec -> {
                each.accept(rec);
                return true;
            });
        }
    }

    private Set<String> topicsThere() {
        try {
            return admin.listTopics().names().get();
        } catch (ExecutionException e) {
            throw new KafkaException("the topics cannot be listed", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static String result(JsonNode attempt) {
        return attempt.path("result").asString("");
    }

    private static String place(int partition, long offset) {
        return partition + "-" + offset;
    }

    private static String key(ConsumerRecord<byte[], byte[]> rec) {
        return rec.key() == null ? "" : new String(rec.key(), StandardCharsets.UTF_8);
    }
}
