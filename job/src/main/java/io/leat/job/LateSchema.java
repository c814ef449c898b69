package io.leat.job;

import io.leat.core.Item;
import io.leat.format.EventTimes;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Late items as Kafka records: the item as canonical JSON. The record's key is {@code topicId-partition-offset} of the
 * scrape, so that a replay replaces a record and does not add one.
 */
final class LateSchema implements KafkaRecordSerializationSchema<Item> {

    private static final long serialVersionUID = 1L;

    static final String KEY = "leat.key";
    static final String EVENT_TIME = "leat.event_time";

    private final String topic;
    private final String rawTopicId;

    LateSchema(String topic, String rawTopicId) {
        this.topic = topic;
        this.rawTopicId = rawTopicId;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(Item item, KafkaSinkContext context, Long timestamp) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(KEY, bytes(item.key()));
        headers.add(EVENT_TIME, bytes(EventTimes.format(item.eventTime())));
        String key = rawTopicId + "-" + item.source().partition() + "-"
                + item.source().offset();
        return new ProducerRecord<>(topic, null, null, bytes(key), bytes(item.body()), headers);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
