package io.leat.bench.hand;

import io.leat.bench.work.PriceScan;
import io.leat.bench.work.Setup;
import io.leat.format.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Runs the work as one loop: records read in place, an own table, offsets and changes in one transaction every
 * {@code -Dbench.commit.ms}, 100 by default. It keeps no state beyond its process: after a crash it would have to read
 * everything again.
 */
public final class HandMain {

    private static final Duration POLL = Duration.ofMillis(5);

    private final Topics topics;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final PriceScan scan = new PriceScan();
    private final HandTable known = new HandTable();
    private final Map<TopicPartition, OffsetAndMetadata> read = new HashMap<>();
    private final long commitNanos = TimeUnit.MILLISECONDS.toNanos(Integer.getInteger("bench.commit.ms", 100));

    private HandMain(Setup setup) {
        this.topics = Topics.of(setup.feed());
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        setup.bootstrap(),
                        "group.id",
                        setup.feed().name() + "-hand",
                        "enable.auto.commit",
                        "false",
                        "auto.offset.reset",
                        "earliest",
                        "max.poll.records",
                        10_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        setup.bootstrap(),
                        "transactional.id",
                        setup.feed().name() + "-hand",
                        "linger.ms",
                        1,
                        "batch.size",
                        64 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Runs until it is killed. */
    public static void main(String[] args) {
        new HandMain(Setup.of(args)).run();
    }

    private void run() {
        List<TopicPartition> partitions = IntStream.range(
                        0, consumer.partitionsFor(topics.raw()).size())
                .mapToObj(partition -> new TopicPartition(topics.raw(), partition))
                .toList();
        consumer.assign(partitions);
        producer.initTransactions();
        long openedAt = 0;
        while (true) {
            for (ConsumerRecord<byte[], byte[]> rec : consumer.poll(POLL)) {
                if (read.isEmpty()) {
                    producer.beginTransaction();
                    openedAt = System.nanoTime();
                }
                read.put(partitions.get(rec.partition()), new OffsetAndMetadata(rec.offset() + 1));
                take(rec);
            }
            if (!read.isEmpty() && System.nanoTime() - openedAt >= commitNanos) {
                producer.sendOffsetsToTransaction(read, consumer.groupMetadata());
                producer.commitTransaction();
                read.clear();
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the commit hears of it
    private void take(ConsumerRecord<byte[], byte[]> rec) {
        if (!scan.read(rec.value())) {
            producer.send(new ProducerRecord<>(topics.deadLetters(), rec.key(), rec.value()));
            return;
        }
        int slot = known.at(scan.keyHash());
        int rest = scan.currency() << 1 | (scan.inStock() ? 1 : 0);
        if (known.isNewer(slot, scan.micros()) && known.changes(slot, scan.cents(), rest, scan.micros())) {
            String key = scan.key();
            producer.send(new ProducerRecord<>(topics.changes(), utf8(key), utf8(change(rec, key, known.seq(slot)))));
        }
    }

    private String change(ConsumerRecord<byte[], byte[]> rec, String key, int seq) {
        return "{\"key\":" + key + ",\"seq\":" + seq + ",\"price\":" + (scan.cents() / 100) + "."
                + (scan.cents() / 10 % 10) + (scan.cents() % 10) + ",\"after\":"
                + new String(rec.value(), StandardCharsets.ISO_8859_1) + ",\"source\":{\"topic\":\"" + rec.topic()
                + "\",\"partition\":" + rec.partition() + ",\"offset\":" + rec.offset() + "}}";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
