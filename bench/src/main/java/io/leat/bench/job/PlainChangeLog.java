package io.leat.bench.job;

import io.leat.core.Change;
import io.leat.core.HeldNote;
import io.leat.format.ChangeJson;
import io.leat.format.EventTimes;
import io.leat.job.log.ChangeLog;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The change log without transactions: what at-least-once delivery would cost. Same records, one idempotent producer,
 * flushed before each barrier; nothing is fenced and nothing is rolled forward.
 */
final class PlainChangeLog implements ChangeLog {

    private final String feed;
    private final String topic;
    private final List<Integer> partitions;
    private final Owner owner;
    private final KafkaProducer<byte[], byte[]> kafka;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    private PlainChangeLog(String bootstrap, String feed, String topic, List<Integer> partitions, Owner owner) {
        this.feed = feed;
        this.topic = topic;
        this.partitions = partitions;
        this.owner = owner;
        Properties properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        this.kafka = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static Opener opener(String bootstrap, String feed, String topic) {
        return (partitions, owner) -> new PlainChangeLog(bootstrap, feed, topic, partitions, owner);
    }

    @Override
    public void takeOver(Map<Integer, Long> from, Tail tail) {
        // At least once: nothing to take over.
    }

    @Override
    public void readAll(Everything each) {
        throw new UnsupportedOperationException("nothing is adopted here");
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of it
    public void append(int partition, Change change, long takenMillis) {
        RecordHeaders headers = new RecordHeaders();
        header(headers, "ce_specversion", "1.0");
        header(headers, "ce_id", change.id());
        header(headers, "ce_type", "io.leat.change." + change.op().word());
        header(headers, "ce_source", "/feeds/" + feed);
        header(headers, "ce_time", EventTimes.format(change.eventTime()));
        header(headers, "content-type", "application/json");
        kafka.send(
                new ProducerRecord<>(
                        topic, partition, null, utf8(change.key()), utf8(ChangeJson.write(feed, change)), headers),
                (metadata, failed) -> acknowledged(change, takenMillis, failed));
    }

    private void acknowledged(Change change, long takenMillis, @Nullable Exception failed) {
        if (failed == null) {
            owner.committed(change, takenMillis);
        } else if (failure.compareAndSet(null, failed)) {
            owner.failed(failed);
        }
    }

    @Override
    public void append(int partition, HeldNote note) {
        throw new IllegalStateException("the benchmark's feeds hold nothing");
    }

    @Override
    public Map<Integer, Long> commit() {
        kafka.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException(failed);
        }
        Map<Integer, Long> ends = new HashMap<>();
        partitions.forEach(partition -> ends.put(partition, 0L));
        return ends;
    }

    @Override
    public void close() {
        kafka.close();
    }

    private static void header(RecordHeaders headers, String name, String value) {
        headers.add(name, utf8(value));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
