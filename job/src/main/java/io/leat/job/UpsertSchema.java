package io.leat.job;

import java.nio.charset.StandardCharsets;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Keys and values as they are: what is told again under a key replaces what was told before. */
final class UpsertSchema implements KafkaRecordSerializationSchema<Tuple2<String, String>> {

    private static final long serialVersionUID = 1L;

    private final String topic;

    UpsertSchema(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            Tuple2<String, String> upsert, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(
                topic, upsert.f0.getBytes(StandardCharsets.UTF_8), upsert.f1.getBytes(StandardCharsets.UTF_8));
    }
}
