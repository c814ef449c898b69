package io.leat.job;

import static io.leat.format.DeadLetterHeaders.CODE;
import static io.leat.format.DeadLetterHeaders.CONNECT;
import static io.leat.format.DeadLetterHeaders.CONTRACT;
import static io.leat.format.DeadLetterHeaders.FIELD;
import static io.leat.format.DeadLetterHeaders.RAW_KEY;
import static io.leat.format.DeadLetterHeaders.RAW_VALUE_NULL;

import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Dead letters as Kafka records: value, headers and timestamp untouched, the reason in further headers.
 *
 * <p>The record's key is {@code topicId-partition-offset} of the scrape, so that a replay replaces a letter and does not
 * add one; the scrape's own key is kept in {@link io.leat.format.DeadLetterHeaders#RAW_KEY}. The {@code __connect.errors.*} headers are those of Kafka
 * Connect (KIP-298), numbers as text, so that tools made for them read ours.
 */
final class DeadLetterSchema implements KafkaRecordSerializationSchema<DeadLetter> {

    private static final long serialVersionUID = 1L;

    private final String topic;
    private final String rawTopicId;
    private final String feed;

    DeadLetterSchema(String topic, String rawTopicId, String feed) {
        this.topic = topic;
        this.rawTopicId = rawTopicId;
        this.feed = feed;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(DeadLetter letter, KafkaSinkContext context, Long timestamp) {
        RawRecord rec = letter.rec();
        RecordHeaders headers = new RecordHeaders();
        rec.headers().forEach(header -> headers.add(header.name(), header.value()));
        if (rec.key() != null) {
            headers.add(RAW_KEY, rec.key());
        }
        if (rec.value() == null) {
            text(headers, RAW_VALUE_NULL, "true");
        }
        text(headers, CONNECT + "topic", rec.topic());
        text(headers, CONNECT + "partition", Integer.toString(rec.partition()));
        text(headers, CONNECT + "offset", Long.toString(rec.offset()));
        text(headers, CONNECT + "connector.name", "leat-" + feed);
        text(headers, CONNECT + "task.id", "0");
        text(headers, CONNECT + "stage", "VALUE_CONVERTER");
        text(headers, CONNECT + "class.name", DeadLetterSchema.class.getName());
        text(
                headers,
                CONNECT + "exception.class.name",
                "io.leat.refused." + letter.refusal().code().word());
        text(headers, CONNECT + "exception.message", letter.refusal().message());
        text(headers, CONNECT + "exception.stacktrace", "");
        text(headers, CODE, letter.refusal().code().word());
        text(headers, FIELD, letter.refusal().field());
        text(headers, CONTRACT, letter.refusal().contract());
        String key = rawTopicId + "-" + rec.partition() + "-" + rec.offset();
        return new ProducerRecord<>(
                topic,
                null,
                rec.timestamp() < 0 ? null : rec.timestamp(),
                key.getBytes(StandardCharsets.UTF_8),
                rec.value() == null ? new byte[0] : rec.value(),
                headers);
    }

    private static void text(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
