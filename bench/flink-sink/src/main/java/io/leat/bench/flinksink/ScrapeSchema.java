package io.leat.bench.flinksink;

import io.leat.job.RawRecord;
import io.leat.job.wire.WireType;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes records from Kafka as they are. */
final class ScrapeSchema implements KafkaRecordDeserializationSchema<RawRecord> {

    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> rec, Collector<RawRecord> out) {
        out.collect(new RawRecord(
                rec.topic(), rec.partition(), rec.offset(), rec.timestamp(), rec.key(), rec.value(), List.of()));
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return WireType.RAW_RECORD;
    }
}
