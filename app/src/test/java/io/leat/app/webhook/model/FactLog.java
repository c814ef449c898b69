package io.leat.app.webhook.model;

import io.leat.core.Change;
import io.leat.core.Op;
import io.leat.core.Position;
import io.leat.format.ChangeJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Tells changes by chance and remembers them. */
final class FactLog implements AutoCloseable {

    static final int PARTITIONS = 2;
    private static final int KEYS = 6;

    private final String feed;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, Long> seqs = new HashMap<>();
    private final List<Fact> facts = new ArrayList<>();

    FactLog(String bootstrap, String feed) throws Exception {
        this.feed = feed;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(feed + ".changes", Optional.of(PARTITIONS), Optional.empty())
                            .configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Tells one change. By one thread at a time. */
    Fact tell(RandomGenerator random) {
        String key = "[\"k" + random.nextInt(KEYS) + "\"]";
        long seq = seqs.merge(key, 1L, Long::sum);
        int price = random.nextInt(100);
        String id = feed + "-" + all().size();
        Change change = new Change(
                id,
                key,
                seq,
                seq == 1 ? Op.NEW : Op.UPDATE,
                List.of(),
                null,
                "{\"price\":" + price + "}",
                1_700_000_000_000_000L + seq,
                1,
                new Position(feed + ".raw", 0, seq),
                "");
        ProducerRecord<byte[], byte[]> rec =
                new ProducerRecord<>(feed + ".changes", utf8(key), utf8(ChangeJson.write(feed, change)));
        rec.headers().add("ce_id", utf8(id));
        rec.headers().add("ce_type", utf8("io.leat.change." + change.op().word()));
        rec.headers().add("ce_time", utf8("2023-11-14T22:13:20Z"));
        long from = System.nanoTime();
        RecordMetadata where = sent(rec);
        Fact fact = new Fact(
                id,
                key,
                seq,
                price,
                seq == 1,
                where.partition(),
                where.offset(),
                where.timestamp(),
                from,
                System.nanoTime());
        synchronized (facts) {
            facts.add(fact);
        }
        return fact;
    }

    private RecordMetadata sent(ProducerRecord<byte[], byte[]> rec) {
        try {
            return producer.send(rec).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a change was not told", e);
        }
    }

    /** What was told so far, oldest first. */
    List<Fact> all() {
        synchronized (facts) {
            return List.copyOf(facts);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}
