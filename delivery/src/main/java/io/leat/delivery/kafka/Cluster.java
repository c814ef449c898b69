package io.leat.delivery.kafka;

import io.leat.core.delivery.KafkaTopic;
import io.leat.core.delivery.Secret;
import io.leat.delivery.batch.SinkCode;
import io.leat.delivery.batch.SinkRefusal;
import io.leat.delivery.guard.Guard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.GuardedAdmin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.GuardedProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * A client's cluster: every connection to it goes to an address that the guard has let through, those to brokers that its
 * metadata names too. Thread-safe.
 */
final class Cluster {

    private static final Duration LOOK_UP = Duration.ofSeconds(5);
    private static final int USUAL_MILLIS = 10_000;
    private static final int DELIVERY_MILLIS = 30_000;
    private static final int LARGEST_REQUEST = 16 << 20;
    private static final String REQUEST_TIMEOUT = "request.timeout.ms";
    private static final String COMPRESSION = "compression.type";

    private final KafkaTopic terms;
    private final String client;
    private final Guard guard;
    private final int patienceMillis;
    private volatile @Nullable String refused;

    /** @param client names the client to the cluster, unless the properties do */
    Cluster(KafkaTopic terms, String client, Guard guard) {
        this(terms, client, guard, USUAL_MILLIS);
    }

    /** @param patienceMillis how long it is waited for */
    Cluster(KafkaTopic terms, String client, Guard guard, int patienceMillis) {
        this.terms = terms;
        this.client = client;
        this.guard = guard;
        this.patienceMillis = patienceMillis;
    }

    /**
     * A producer that loses nothing.
     *
     * @param transactionalId {@code null} for one without transactions
     * @throws SinkRefusal if the settings make none
     * @throws KafkaException if none can be made at the moment
     */
    Producer<byte[], byte[]> producer(@Nullable String transactionalId) {
        Map<String, Object> settings = settings();
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        settings.put("linger.ms", 5); // what is waited for is flushed; it only lets batches grow meanwhile
        settings.put("batch.size", 256 << 10);
        settings.put("max.block.ms", patienceMillis);
        settings.put("max.request.size", LARGEST_REQUEST);
        settings.put("delivery.timeout.ms", Math.max(3 * patienceMillis, 2 * requestMillis(settings)));
        if (transactionalId != null) {
            settings.put("transactional.id", transactionalId);
            settings.put("transaction.timeout.ms", DELIVERY_MILLIS);
        }
        return made(() -> GuardedProducer.open(settings, this::resolve));
    }

    /** Looks at the transactions of a writer; to be closed. */
    Markers markers(String transactionalId) {
        return new Markers(admin(), terms.topic(), transactionalId, Duration.ofMillis(patienceMillis));
    }

    private static int requestMillis(Map<String, Object> settings) {
        try {
            return Math.min(Integer.parseInt(String.valueOf(settings.get(REQUEST_TIMEOUT))), Integer.MAX_VALUE / 4);
        } catch (NumberFormatException e) {
            return USUAL_MILLIS; // the client says what is wrong with it
        }
    }

    private Admin admin() {
        Map<String, Object> settings = settings();
        settings.remove(COMPRESSION);
        settings.put("default.api.timeout.ms", Math.max(patienceMillis, requestMillis(settings)));
        return made(() -> GuardedAdmin.open(settings, this::resolve));
    }

    private <T> T made(Supplier<T> making) {
        try {
            return making.get();
        } catch (KafkaException e) {
            if (Fault.passesOnceMade(e)) {
                throw e;
            }
            throw new SinkRefusal(SinkCode.CLIENT_NOT_MADE, withoutSecrets(Fault.deepest(e)));
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(REQUEST_TIMEOUT, patienceMillis);
        settings.put("client.id", client);
        settings.putAll(terms.properties());
        terms.secrets().forEach((name, secret) -> settings.put(name, secret.text()));
        settings.put("bootstrap.servers", terms.bootstrap());
        settings.put("enable.metrics.push", false);
        return settings;
    }

    /** The topic that is written to. */
    String topic() {
        return terms.topic();
    }

    /** The id of the topic as it is now. Waits for the cluster. */
    String topicId() throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            return admin.describeTopics(List.of(terms.topic()))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next()
                    .topicId()
                    .toString();
        }
    }

    /**
     * Fails if the topic cannot be reached, or may not be written to. Waits for the cluster.
     *
     * @param reads whether it has to be read too
     */
    void look(boolean reads) throws IOException {
        try (Admin admin = admin()) {
            Set<AclOperation> may = admin.describeTopics(
                            List.of(terms.topic()), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next()
                    .authorizedOperations();
            if (may != null
                    && !may.containsAll(
                            reads ? Set.of(AclOperation.WRITE, AclOperation.READ) : Set.of(AclOperation.WRITE))) {
                throw new SinkRefusal(
                        SinkCode.CLUSTER_REFUSES_US,
                        "the topic may not be written to%s".formatted(reads ? ", or not be read" : ""));
            }
        } catch (ExecutionException | RuntimeException e) {
            throw told(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * Fails if a transaction that moves an offset is not allowed: begins one under names beside those of the writers, and takes it
     * back. Waits for the cluster.
     *
     * @param prefix what those names begin with, to which the rights are granted
     */
    void lookAtTransactions(String prefix) throws IOException {
        String name = prefix + "look";
        Producer<byte[], byte[]> producer = producer(name);
        try {
            producer.initTransactions();
            producer.beginTransaction();
            Progress.move(producer, name, Progress.place(terms.topic()), new OffsetAndMetadata(0));
            producer.abortTransaction();
        } catch (TransactionalIdAuthorizationException e) {
            throw refusal("transactional ids", prefix, "Describe and Write");
        } catch (GroupAuthorizationException e) {
            throw refusal("groups", prefix, "Describe and Read");
        } catch (RuntimeException e) {
            throw told(e);
        } finally {
            producer.close(Duration.ZERO);
        }
    }

    private static SinkRefusal refusal(String what, String prefix, String rights) {
        return new SinkRefusal(
                SinkCode.CLUSTER_REFUSES_US,
                "%s that begin with %s may not be used: grant %s on them, as a prefix".formatted(what, prefix, rights));
    }

    /** Looks a host up for a connection. */
    private InetAddress[] resolve(String host) throws UnknownHostException {
        try {
            return guard.check(host)
                    .toCompletableFuture()
                    .get(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS)
                    .toArray(InetAddress[]::new);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Guard.Refused) {
                refused = host;
            }
            throw new UnknownHostException(host + ": " + String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            throw new UnknownHostException(host + ": the look-up takes too long");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host + ": interrupted");
        }
    }

    /**
     * What a failure of one of its clients means.
     *
     * @return what may pass
     * @throws SinkRefusal if it will not pass by itself
     */
    IOException told(Exception e) {
        if (e instanceof SinkRefusal refusal) {
            throw refusal;
        }
        String words = withoutSecrets(Fault.words(e));
        String host = refused;
        refused = null;
        if (host != null) {
            throw new SinkRefusal(
                    SinkCode.ADDRESS_REFUSED,
                    "the broker %s has an address inside a private or reserved range".formatted(host));
        }
        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
            throw new SinkRefusal(SinkCode.TOPIC_IS_ANOTHER, "the topic is not there: " + words);
        }
        SinkCode code = Fault.code(e);
        if (code != null) {
            throw new SinkRefusal(code, words);
        }
        if (e instanceof RuntimeException other && !(e instanceof KafkaException)) {
            throw other;
        }
        return e instanceof ProducerFencedException
                ? new IOException("another process has gone on")
                : new IOException(words, e);
    }

    /** A text in which no secret stands. */
    private String withoutSecrets(String text) {
        String clean = text;
        for (Secret secret : terms.secrets().values()) {
            clean = secret.text().isEmpty() ? clean : clean.replace(secret.text(), "…");
        }
        return clean;
    }
}
