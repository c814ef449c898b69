package io.leat.job.log;

import io.leat.core.Change;
import io.leat.core.HeldNote;
import io.leat.format.ChangeJson;
import io.leat.format.EventTimes;
import io.leat.format.HeldJson;
import io.leat.format.Traceparent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** One of the two producers of a partition: its transactional id, its records, its claim to the partition. */
final class TransactionalProducer implements AutoCloseable {

    private final LogSettings settings;
    private final TopicPartition place;
    private final KafkaProducer<byte[], byte[]> kafka;

    /** Of the open transaction; its sender and its committer never work at once. */
    private final List<Traceparents.Onward> traced = new ArrayList<>();

    private volatile long lastOffset = -1;
    private volatile @Nullable Exception sendFailure;

    TransactionalProducer(LogSettings settings, int partition, LogSettings.Turn turn) {
        this.settings = settings;
        this.place = new TopicPartition(settings.topic(), partition);
        this.kafka = new KafkaProducer<>(Clients.producer(settings, settings.transactionalId(partition, turn)));
    }

    /** Aborts what a former producer with this id left open and bars it from now on. */
    void fence() {
        kafka.initTransactions();
    }

    /** Puts a name down as the partition's owner. Fails if another has taken the id. */
    @SuppressWarnings("removal") // the one way to name a group without joining it
    void claim(String name, long end) {
        kafka.beginTransaction();
        kafka.sendOffsetsToTransaction(
                Map.of(place, new OffsetAndMetadata(end, name)),
                new ConsumerGroupMetadata(settings.ownerGroup(), -1, "", Optional.empty()));
        kafka.commitTransaction();
    }

    void begin() {
        kafka.beginTransaction();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of it
    void send(Change change) {
        RecordHeaders headers = new RecordHeaders();
        header(headers, "ce_specversion", "1.0");
        header(headers, "ce_id", change.id());
        header(headers, "ce_type", "io.leat.change." + change.op().word());
        header(headers, "ce_source", "/feeds/" + settings.feed());
        header(headers, "ce_time", EventTimes.format(change.eventTime()));
        header(headers, "content-type", "application/json");
        header(headers, SamenessHeader.NAME, SamenessHeader.of(settings.sameness()));
        Traceparents.Onward trace = Traceparents.of(change);
        if (trace != null) {
            header(headers, Traceparent.HEADER, trace.header());
            traced.add(trace);
        }
        kafka.send(
                new ProducerRecord<>(
                        place.topic(),
                        place.partition(),
                        null,
                        utf8(change.key()),
                        utf8(ChangeJson.write(settings.feed(), change)),
                        headers),
                this::acknowledged);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of it
    void send(HeldNote note) {
        kafka.send(
                new ProducerRecord<>(
                        settings.heldTopic(), utf8(note.item().key()), utf8(HeldJson.write(settings.feed(), note))),
                (metadata, failed) -> acknowledged(null, failed));
    }

    private void acknowledged(@Nullable RecordMetadata metadata, @Nullable Exception failed) {
        if (failed != null) {
            sendFailure = failed;
        } else if (metadata != null) {
            lastOffset = metadata.offset();
        }
    }

    /**
     * Waits until the broker has every record sent.
     *
     * @return the offset after the last one
     */
    long flush() {
        kafka.flush();
        Exception failed = sendFailure;
        if (failed != null) {
            throw failed instanceof RuntimeException known ? known : new KafkaException(failed);
        }
        return lastOffset + 1;
    }

    void commit() {
        kafka.commitTransaction();
        traced.forEach(each -> each.isVisible(settings.feed()));
        traced.clear();
    }

    private static void header(RecordHeaders headers, String header, String value) {
        headers.add(header, utf8(value));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        kafka.close(Duration.ZERO);
    }
}
