package io.leat.bench.load;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads committed changes on a thread of its own and notes when it saw each. */
public final class ChangeReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final String SOURCE = "\"source\":{\"topic\":";
    private static final String PARTITION = "\"partition\":";
    private static final String OFFSET = "\"offset\":";

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread = new Thread(this::read, "changes");
    private final Map<Integer, BitSet> seen = new HashMap<>();

    private List<Sighting> sightings = new ArrayList<>();
    private volatile long count;
    private volatile long repeated;
    private volatile long lastAppendMillis;
    private volatile boolean closed;

    /**
     * A change that became visible.
     *
     * @param partition of the scrape that told it
     * @param offset of that scrape
     * @param visibleMicros when it was seen, microseconds since 1970
     */
    public record Sighting(int partition, long offset, long visibleMicros) {}

    public ChangeReader(String bootstrap, String topic) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed", "max.poll.records", 10_000);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try (consumer) {
            while (!closed) {
                var batch = consumer.poll(POLL);
                long now = Wall.micros();
                for (ConsumerRecord<byte[], byte[]> rec : batch) {
                    note(rec, now);
                }
            }
        }
    }

    private synchronized void note(ConsumerRecord<byte[], byte[]> rec, long nowMicros) {
        String json = new String(rec.value(), StandardCharsets.ISO_8859_1);
        int source = json.lastIndexOf(SOURCE);
        int partition = (int) number(json, PARTITION, source);
        long offset = number(json, OFFSET, source);
        BitSet known = seen.computeIfAbsent(partition, p -> new BitSet());
        if (known.get(Math.toIntExact(offset))) {
            repeated++;
            return;
        }
        known.set(Math.toIntExact(offset));
        sightings.add(new Sighting(partition, offset, nowMicros));
        lastAppendMillis = Math.max(lastAppendMillis, rec.timestamp());
        count++;
    }

    private static long number(String json, String name, int from) {
        int at = json.indexOf(name, from) + name.length();
        long number = 0;
        for (char c = json.charAt(at); c >= '0' && c <= '9'; c = json.charAt(++at)) {
            number = number * 10 + c - '0';
        }
        return number;
    }

    /** How many different changes have been seen. */
    public long count() {
        return count;
    }

    /** How many changes were seen again. */
    public long repeated() {
        return repeated;
    }

    /** When the broker appended the newest change, milliseconds since 1970. */
    public long lastAppendMillis() {
        return lastAppendMillis;
    }

    /** What was seen since the last call. */
    public synchronized List<Sighting> take() {
        List<Sighting> taken = sightings;
        sightings = new ArrayList<>();
        return taken;
    }

    /**
     * Waits until so many changes have been seen.
     *
     * @param goesOn whether there is still something to wait for
     * @return whether they have
     */
    public boolean await(long wanted, Duration patience, BooleanSupplier goesOn) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (count < wanted && System.nanoTime() < deadline && goesOn.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return count >= wanted;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
