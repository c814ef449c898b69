package io.leat.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads for lanes that are behind, a chunk at a time and in turns, on one thread and one consumer. Thread-safe. */
final class CatchUp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long AGAIN_MILLIS = 1_000;

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final String topic;
    private final Map<String, Object> settings;
    private final Delivered delivered;
    private final Thread thread = new Thread(this::run, "webhook-catch-up");

    /** Takes a chunk. Called on the reading thread. */
    interface Delivered {
        void chunk(ClientLane lane, int partition, List<Told> changes, long position);
    }

    private record Request(ClientLane lane, int partition, long from) {}

    /**
     * A reader.
     *
     * @param settings of a consumer without a group
     */
    CatchUp(String topic, Map<String, Object> settings, Delivered delivered) {
        this.topic = topic;
        this.settings = settings;
        this.delivered = delivered;
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void request(ClientLane lane, int partition, long from) {
        requests.add(new Request(lane, partition, from));
    }

    private void run() {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            while (!Thread.currentThread().isInterrupted()) {
                Request request = requests.take();
                try {
                    read(consumer, request);
                } catch (InterruptException e) {
                    return;
                } catch (KafkaException e) {
                    LOG.warn("The log cannot be read at the moment: {}", e.toString());
                    Thread.sleep(AGAIN_MILLIS);
                    requests.add(request);
                }
            }
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer, Request request) {
        TopicPartition partition = new TopicPartition(topic, request.partition());
        consumer.assign(List.of(partition));
        consumer.seek(partition, request.from());
        List<Told> changes = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> rec : consumer.poll(POLL)) {
            Told told = Told.of(rec);
            if (told != null) {
                changes.add(told);
            }
        }
        delivered.chunk(request.lane(), request.partition(), changes, consumer.position(partition));
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
