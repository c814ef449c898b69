package io.leat.app.webhook;

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
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** A change log written by the test instead of a job: the same records, as fast as the test likes. */
public final class ChangeTopic implements AutoCloseable {

    private final String feed;
    private final int keys;
    private final String bootstrap;
    private final int partitions;
    private final KafkaProducer<byte[], byte[]> producer;
    private volatile int told;

    public ChangeTopic(String bootstrap, String feed, int partitions, int keys) throws Exception {
        this.feed = feed;
        this.keys = keys;
        this.bootstrap = bootstrap;
        this.partitions = partitions;
        make();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all", "linger.ms", 1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Deletes the log and makes it anew, as somebody might who knows no better. */
    void makeAnew() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.deleteTopics(List.of(topic())).all().get();
            Awaitility.await().until(() -> !admin.listTopics().names().get().contains(topic()));
        }
        make();
    }

    private void make() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(topic(), Optional.of(partitions), Optional.empty())
                            .configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
            awaitLeaders(admin, partitions);
        }
    }

    /** A topic is created before its partitions can be written to. */
    private void awaitLeaders(Admin admin, int partitions) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            asked.put(new TopicPartition(topic(), partition), OffsetSpec.latest());
        }
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> admin.listOffsets(asked).all().get().size() == partitions);
    }

    /** Puts a record of another's making under an id, with what the headers of a change say. */
    void tellRaw(String id, String value) {
        ProducerRecord<byte[], byte[]> rec = new ProducerRecord<>(topic(), utf8("[\"" + id + "\"]"), utf8(value));
        rec.headers()
                .add("ce_id", utf8(id))
                .add("ce_type", utf8("io.leat.change.new"))
                .add("ce_time", utf8("2023-11-14T22:13:20Z"));
        var unused = producer.send(rec);
        producer.flush();
    }

    String topic() {
        return feed + ".changes";
    }

    /** Tells so many changes: keys by turns, each with its next seq. By one thread at a time. */
    public void tell(int count) {
        int next = told;
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int key = next % keys;
            long seq = next / keys + 1;
            Change change = new Change(
                    "id%024d".formatted(next),
                    "[\"k" + key + "\"]",
                    seq,
                    seq == 1 ? Op.NEW : Op.UPDATE,
                    List.of(),
                    null,
                    "{\"at\":" + System.nanoTime() / 1_000 + ",\"price\":" + next + ",\"title\":\"thing " + key + "\"}",
                    1_700_000_000_000_000L + next,
                    1,
                    new Position(feed + ".raw", 0, next),
                    "");
            ProducerRecord<byte[], byte[]> rec = rec(change);
            sent.add(producer.send(rec));
            next++;
        }
        told = next;
        producer.flush();
        try {
            for (Future<RecordMetadata> future : sent) {
                future.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a change was not told", e);
        }
    }

    /** Tells one change of a key. */
    void tell(String key, long seq, Op op) {
        boolean isThere = op != Op.GONE && op != Op.RESET;
        Change change = new Change(
                "%s-%d-%s".formatted(key, seq, op.word()),
                "[\"" + key + "\"]",
                seq,
                op,
                List.of(),
                null,
                isThere ? "{\"price\":" + seq + "}" : "null",
                1_700_000_000_000_000L + seq,
                1,
                new Position(feed + ".raw", 0, seq),
                "");
        try {
            producer.send(rec(change)).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a change was not told", e);
        }
    }

    private ProducerRecord<byte[], byte[]> rec(Change change) {
        ProducerRecord<byte[], byte[]> rec =
                new ProducerRecord<>(topic(), utf8(change.key()), utf8(ChangeJson.write(feed, change)));
        Headers headers = rec.headers();
        headers.add("ce_id", utf8(change.id()));
        headers.add("ce_type", utf8("io.leat.change." + change.op().word()));
        headers.add("ce_time", utf8("2023-11-14T22:13:20Z"));
        return rec;
    }

    public int told() {
        return told;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}
