package io.leat.gateway.audit;

import io.leat.gateway.log.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic of actions, made when the first one is written. What it does not take, for as long as the queue holds, is an
 * error in the process's log, with the line itself. Thread-safe; callers never wait.
 */
public final class AuditLog implements AutoCloseable {

    /** Where the actions of all feeds are. */
    public static final String TOPIC = "leat.audit";

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int QUEUE = 1_000;
    private static final Duration KEPT = Duration.ofDays(365);

    private final KafkaSettings kafka;
    private final ThreadPoolExecutor writer;
    private boolean prepared;

    public AuditLog(KafkaSettings kafka) {
        this.kafka = kafka;
        this.writer = new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), work -> {
            Thread thread = new Thread(work, "leat-gateway-audit");
            thread.setDaemon(true);
            return thread;
        });
        writer.allowCoreThreadTimeOut(true);
    }

    /** Writes a line, as soon as it can. */
    public void write(String feed, byte[] line) {
        try {
            writer.execute(() -> append(feed, line));
        } catch (RejectedExecutionException full) {
            lost(line, full);
        }
    }

    /** Actions are rare: a producer of its own each time costs nothing while nobody acts. */
    private void append(String feed, byte[] line) {
        try {
            prepare();
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                    kafka.with(Map.of(
                            "acks", "all",
                            "max.block.ms", "10000",
                            "delivery.timeout.ms", "30000",
                            "request.timeout.ms", "10000")),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                producer.send(new ProducerRecord<>(TOPIC, feed.getBytes(StandardCharsets.UTF_8), line))
                        .get();
            }
        } catch (ExecutionException | KafkaException e) {
            lost(line, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lost(line, e);
        }
    }

    private void prepare() throws ExecutionException {
        if (prepared) {
            return;
        }
        NewTopic topic = new NewTopic(TOPIC, Optional.of(1), Optional.empty())
                .configs(Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(KEPT.toMillis())));
        try (Admin admin =
                Admin.create(kafka.with(Map.of("default.api.timeout.ms", "4000", "request.timeout.ms", "3000")))) {
            if (!admin.listTopics().names().get().contains(TOPIC)) {
                admin.createTopics(List.of(topic)).all().get();
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        prepared = true;
    }

    private static void lost(byte[] line, Exception cause) {
        LOG.error("An action is not written down: {}", new String(line, StandardCharsets.UTF_8), cause);
    }

    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(2, TimeUnit.SECONDS)) {
                writer.shutdownNow();
            }
        } catch (InterruptedException e) {
            writer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
