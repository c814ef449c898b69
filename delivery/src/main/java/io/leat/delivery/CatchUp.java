package io.leat.delivery;

import io.leat.delivery.work.Keeper;
import io.leat.delivery.work.Kept;
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
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final String topic;
    private final Map<String, Object> settings;
    private final Delivered delivered;
    private volatile boolean closing;
    private final Kept kept;

    /** Takes a chunk. Called on the reading thread. */
    interface Delivered {
        void chunk(ClientLane lane, int partition, List<Told> changes, long position);
    }

    private record Request(ClientLane lane, int partition, long from) {}

    /**
     * A reader.
     *
     * @param settings of a consumer without a group
     * @param name of its work
     * @param keeper keeps it at work
     */
    CatchUp(String topic, Map<String, Object> settings, Delivered delivered, String name, Keeper keeper) {
        this.topic = topic;
        this.settings = settings;
        this.delivered = delivered;
        this.kept = keeper.keep(name, this::run);
    }

    void request(ClientLane lane, int partition, long from) {
        requests.add(new Request(lane, partition, from));
    }

    private void run() throws InterruptedException {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            while (!closing) {
                Request request = requests.take();
                boolean done = false;
                try {
                    read(consumer, request);
                    done = true;
                } catch (InterruptException e) {
                    throw new InterruptedException();
                } catch (KafkaException e) {
                    LOG.warn("The log cannot be read at the moment: {}", e.toString());
                    Thread.sleep(AGAIN_MILLIS);
                } finally {
                    if (!done) {
                        requests.add(request);
                    }
                }
            }
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
        kept.end(() -> closing = true, CLOSE_WITHIN);
    }
}
