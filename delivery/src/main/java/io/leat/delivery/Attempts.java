package io.leat.delivery;

import io.leat.delivery.lane.LogEntry;
import io.leat.delivery.lane.Outcome;
import io.leat.delivery.lane.Send;
import io.leat.delivery.lane.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes down every attempt. A log for people: if the broker does not take it, deliveries go on. Thread-safe. */
final class Attempts {

    /** The result of a change whose condition had no answer: it was not told. */
    static final String UNANSWERED = "unanswered";

    /** Where the changes of a batch stand in the partition; absent where there is but one. */
    static final String OFFSETS = "offsets";

    /** Behind the last change of a batch that lies in one piece of the partition; absent otherwise. */
    static final String TO = "to";

    private final Outbox outbox;
    private final String topic;

    Attempts(Outbox outbox, String topic) {
        this.outbox = outbox;
        this.topic = topic;
    }

    void write(
            Standing standing,
            int partition,
            Send send,
            String id,
            Outcome outcome,
            Verdict verdict,
            long startedMillis,
            long tookMillis) {
        String subscription = standing.subscription().name();
        LogEntry first = send.entries().get(0);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("at", Instant.ofEpochMilli(startedMillis).toString());
        json.put("subscription", subscription);
        json.put("generation", standing.generation());
        json.put("webhook_id", id);
        json.put("attempt", send.attempt());
        json.put("result", result(verdict));
        if (outcome instanceof Outcome.Answered answered) {
            json.put("status", answered.status());
        } else if (outcome instanceof Outcome.Failed failed) {
            json.put("error", failed.fault().word());
            if (!failed.detail().isEmpty()) {
                json.put("detail", failed.detail());
            }
        }
        json.put("took_ms", tookMillis);
        json.put("changes", send.changes().size());
        json.put("key", first.key());
        json.put("partition", partition);
        json.put("offset", first.offset());
        if (send.changes().size() > 1) {
            ArrayNode offsets = json.putArray(OFFSETS);
            send.entries().forEach(entry -> offsets.add(entry.offset()));
        }
        if (verdict instanceof Verdict.Again again) {
            json.put("next", Instant.ofEpochMilli(again.atMillis()).toString());
        } else if (verdict instanceof Verdict.Disable disable) {
            json.put("reason", disable.reason());
        }
        var unused = outbox.write(new ProducerRecord<>(topic, utf8(subscription), utf8(json.toString())));
    }

    /**
     * How a batch fared.
     *
     * @param changes how many the end was to be told of those at the offsets {@code from} until {@code to}
     * @param nextMillis when it is tried again, milliseconds since 1970; 0 if it is not
     */
    record OfBatch(
            long startedMillis,
            int attempt,
            String result,
            String detail,
            long tookMillis,
            long changes,
            long from,
            long to,
            long nextMillis) {}

    void write(Standing standing, int partition, OfBatch batch) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("at", Instant.ofEpochMilli(batch.startedMillis()).toString());
        json.put("subscription", standing.subscription().name());
        json.put("generation", standing.generation());
        json.put("attempt", batch.attempt());
        json.put("result", batch.result());
        if (!batch.detail().isEmpty()) {
            json.put("error", standing.subscription().sink().kind() + "_failed");
            json.put("detail", batch.detail());
        }
        json.put("took_ms", batch.tookMillis());
        json.put("changes", batch.changes());
        json.put("partition", partition);
        json.put("offset", batch.from());
        json.put(TO, batch.to());
        if (batch.nextMillis() > 0) {
            json.put("next", Instant.ofEpochMilli(batch.nextMillis()).toString());
        }
        var unused = outbox.write(
                new ProducerRecord<>(topic, utf8(standing.subscription().name()), utf8(json.toString())));
    }

    /** Writes down that a condition had no answer for changes, and that they were not told. */
    void unanswered(Standing standing, int partition, LogEntry last, int changes, long nowMillis) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("at", Instant.ofEpochMilli(nowMillis).toString());
        json.put("subscription", standing.subscription().name());
        json.put("generation", standing.generation());
        json.put("webhook_id", last.id());
        json.put("attempt", 0);
        json.put("result", UNANSWERED);
        json.put("took_ms", 0);
        json.put("changes", changes);
        json.put("key", last.key());
        json.put("partition", partition);
        json.put("offset", last.offset());
        var unused = outbox.write(
                new ProducerRecord<>(topic, utf8(standing.subscription().name()), utf8(json.toString())));
    }

    private static String result(Verdict verdict) {
        if (verdict instanceof Verdict.Delivered) {
            return "delivered";
        }
        if (verdict instanceof Verdict.Again) {
            return "retry";
        }
        return verdict instanceof Verdict.GivenUp ? "given_up" : "disabled";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
