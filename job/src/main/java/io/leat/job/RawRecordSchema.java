package io.leat.job;

import io.leat.job.wire.WireType;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes records from Kafka as they are. */
final class RawRecordSchema implements KafkaRecordDeserializationSchema<RawRecord> {

    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> rec, Collector<RawRecord> out) {
        List<RawRecord.Header> headers = List.of();
        if (rec.headers().iterator().hasNext()) {
            headers = new ArrayList<>();
            for (var header : rec.headers()) {
                headers.add(new RawRecord.Header(header.key(), header.value()));
            }
        }
        out.collect(new RawRecord(
                rec.topic(), rec.partition(), rec.offset(), rec.timestamp(), rec.key(), rec.value(), headers));
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return WireType.RAW_RECORD;
    }
}
