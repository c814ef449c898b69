package io.leat.bench.streams;

import io.leat.bench.work.PriceScan;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The work with its parsing and checks written by hand; a key is written back only when it changed. */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init first
final class HandProcessor implements Processor<byte[], byte[], Object, Object> {

    private static final int BYTES = 2 * Long.BYTES + 2 * Integer.BYTES;

    private final String storeName;
    private final PriceScan scan = new PriceScan();
    private ProcessorContext<Object, Object> context;
    private KeyValueStore<Long, byte[]> store;

    HandProcessor(String storeName) {
        this.storeName = storeName;
    }

    @Override
    public void init(ProcessorContext<Object, Object> given) {
        context = given;
        store = Objects.requireNonNull(given.getStateStore(storeName));
    }

    @Override
    public void process(Record<byte[], byte[]> rec) {
        if (!scan.read(rec.value())) {
            context.forward(
                    new Record<Object, Object>(rec.value(), rec.value(), rec.timestamp()), ChangeProcessor.REFUSED);
            return;
        }
        byte @Nullable [] before = store.get(scan.keyHash());
        ByteBuffer known = before == null ? null : ByteBuffer.wrap(before);
        int rest = scan.currency() << 1 | (scan.inStock() ? 1 : 0);
        if (known != null
                && (scan.micros() <= known.getLong(0)
                        || (known.getLong(8) == scan.cents() && known.getInt(16) == rest))) {
            return;
        }
        int seq = known == null ? 1 : known.getInt(20) + 1;
        store.put(
                scan.keyHash(),
                ByteBuffer.allocate(BYTES)
                        .putLong(scan.micros())
                        .putLong(scan.cents())
                        .putInt(rest)
                        .putInt(seq)
                        .array());
        context.forward(
                new Record<Object, Object>(scan.key(), change(rec.value(), seq), rec.timestamp()),
                ChangeProcessor.CHANGES);
    }

    private String change(byte[] value, int seq) {
        RecordMetadata place = context.recordMetadata().orElseThrow();
        return "{\"key\":" + scan.key() + ",\"seq\":" + seq + ",\"price\":" + scan.cents() / 100 + '.'
                + scan.cents() / 10 % 10 + scan.cents() % 10 + ",\"after\":"
                + new String(value, StandardCharsets.ISO_8859_1) + ",\"source\":{\"topic\":\"" + place.topic()
                + "\",\"partition\":" + place.partition() + ",\"offset\":" + place.offset() + "}}";
    }
}
