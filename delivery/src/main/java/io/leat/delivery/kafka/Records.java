package io.leat.delivery.kafka;

import io.leat.core.FieldPath;
import io.leat.core.delivery.KafkaTopic;
import io.leat.delivery.lane.LogEntry;
import io.leat.format.ChangeJson;
import io.leat.format.webhook.WebhookBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.databind.JsonNode;

/** Turns changes into records of a client's topic. Thread-safe. */
final class Records {

    private final KafkaTopic terms;
    private final List<FieldPath> fields;
    private final String feed;

    /** @param fields what is told of a change; empty for all of it */
    Records(KafkaTopic terms, List<FieldPath> fields, String feed) {
        this.terms = terms;
        this.fields = fields;
        this.feed = feed;
    }

    /** @throws IllegalArgumentException if the change cannot be read */
    ProducerRecord<byte[], byte[]> of(LogEntry change) {
        ProducerRecord<byte[], byte[]> rec = new ProducerRecord<>(terms.topic(), utf8(key(change)), value(change));
        if (terms.format() == KafkaTopic.Format.CLOUDEVENTS) {
            header(rec, "ce_specversion", "1.0");
            header(rec, "ce_id", change.id());
            header(rec, "ce_type", "io.leat.change." + change.op());
            header(rec, "ce_source", "/feeds/" + feed);
            header(rec, "ce_time", change.time());
            header(rec, "content-type", "application/json");
        }
        return rec;
    }

    private String key(LogEntry change) {
        KafkaTopic.KeyField field = terms.key();
        if (field == null) {
            return change.key();
        }
        JsonNode part = ChangeJson.tree(change.value()).path("key").path(field.at());
        return part.isString() ? part.stringValue() : ChangeJson.text(part);
    }

    private byte[] value(LogEntry change) {
        if (terms.format() == KafkaTopic.Format.DEBEZIUM) {
            return DebeziumEnvelope.of(change, terms, feed);
        }
        return fields.isEmpty() ? change.value() : WebhookBody.select(ChangeJson.tree(change.value()), fields);
    }

    private static void header(ProducerRecord<byte[], byte[]> rec, String name, String value) {
        rec.headers().add(name, utf8(value));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
