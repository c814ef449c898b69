package io.leat.app.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics as long as it is open, and notes how old changes are that come. Thread-safe. */
final class CrowdTopics implements AutoCloseable {

    private static final Pattern AT = Pattern.compile("\"at\":(\\d+)");
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    private final Thread thread;
    private final List<Long> ages = new ArrayList<>();
    private final Map<String, Set<String>> ids = new ConcurrentHashMap<>();
    private volatile boolean ending;

    CrowdTopics(String bootstrap, List<String> topics) {
        thread = new Thread(() -> read(bootstrap, topics), "crowd-topics");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(String bootstrap, List<String> topics) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest",
                        "reconnect.backoff.max.ms",
                        500),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(topics.stream()
                    .flatMap(topic -> List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1)).stream())
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            while (!ending) {
                for (ConsumerRecord<byte[], byte[]> rec : consumer.poll(Duration.ofMillis(100))) {
                    took(rec);
                }
            }
        }
    }

    private void took(ConsumerRecord<byte[], byte[]> rec) {
        String text = new String(rec.value(), StandardCharsets.UTF_8);
        Matcher at = AT.matcher(text);
        Matcher id = ID.matcher(text);
        if (at.find() && id.find()) {
            ids.computeIfAbsent(rec.topic(), first -> Collections.synchronizedSet(new HashSet<>()))
                    .add(id.group(1));
            synchronized (ages) {
                ages.add(CrowdAges.now() - Long.parseLong(at.group(1)));
            }
        }
    }

    /** In microseconds and sorted; forgets them. */
    List<Long> takeAges() {
        synchronized (ages) {
            List<Long> all = new ArrayList<>(ages);
            ages.clear();
            Collections.sort(all);
            return all;
        }
    }

    /** How many different changes a topic has. */
    int count(String topic) {
        return ids.getOrDefault(topic, Set.of()).size();
    }

    @Override
    public void close() throws InterruptedException {
        ending = true;
        thread.join(10_000);
    }
}
