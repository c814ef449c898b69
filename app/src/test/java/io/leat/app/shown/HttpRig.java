package io.leat.app.shown;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.core.Change;
import io.leat.core.ChangeId;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Op;
import io.leat.core.Position;
import io.leat.delivery.guard.Network;
import io.leat.format.ChangeJson;
import io.leat.gateway.Gateway;
import io.leat.gateway.GatewaySettings;
import io.leat.gateway.access.TicketSecret;
import io.leat.gateway.http.Limits;
import io.leat.gateway.http.Proxies;
import io.leat.gateway.http.Tls;
import io.leat.gateway.log.KafkaSettings;
import io.leat.job.FeedTopics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A broker, a feed, somebody who writes its change log as the job does, and a gateway in front; all in this process. */
final class HttpRig implements AutoCloseable {

    static final String NAME = "shops";
    static final int PARTITIONS = 2;
    static final Feed FEED = new Feed(
            NAME,
            new Feed.Source(NAME + ".raw", 2, Map.of()),
            List.of(),
            List.of(new Feed.KeyPart.Field(FieldPath.parse("shop")), new Feed.KeyPart.Field(FieldPath.parse("sku"))),
            new Feed.Time(FieldPath.parse("at"), Feed.Time.Format.EPOCH_MS, null, Feed.Time.DEFAULT_MAX_SKEW),
            new Feed.Comparison.Only(List.of(FieldPath.parse("price"))),
            new Feed.Log(PARTITIONS, Duration.ofMillis(5), 5_000));

    final HttpClient http = HttpClient.newHttpClient();
    final KafkaSettings kafka;
    private final DataDirectory data;
    private final EmbeddedKafka broker;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, Long> seqs = new HashMap<>();
    private Gateway gateway;
    private long clock = 1_700_000_000_000L;

    HttpRig(Path dir, Limits limits) {
        data = DataDirectory.take(dir);
        broker = EmbeddedKafka.start(data, 0);
        kafka = new KafkaSettings(broker.bootstrap(), Map.of());
        try (Admin admin = admin()) {
            FeedTopics.prepare(admin, FEED);
        }
        producer = new KafkaProducer<>(
                kafka.with(Map.of("transactional.id", "rig", "acks", "all")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        gateway = start("127.0.0.1", 0, null, limits);
        awaitReady();
    }

    Gateway start(String host, int port, @Nullable Tls tls, Limits limits) {
        return Gateway.start(
                new GatewaySettings(host, port, tls, false, List.of(FEED), kafka, limits, "test"),
                InstantSource.system());
    }

    /** One more of several that are reached through what is at the first address of this machine. */
    Gateway startBehind(TicketSecret secret) {
        Proxies front = new Proxies(List.of(Network.parse("127.0.0.1")), Proxies.Header.X_FORWARDED_FOR);
        return Gateway.start(
                new GatewaySettings(
                        "127.0.0.1",
                        0,
                        null,
                        false,
                        List.of(FEED),
                        kafka,
                        Map.of(),
                        Limits.DEFAULT,
                        front,
                        secret,
                        "test"),
                InstantSource.system());
    }

    Admin admin() {
        return Admin.create(kafka.with(Map.of()));
    }

    String bootstrap() {
        return broker.bootstrap();
    }

    int port() {
        return gateway.port();
    }

    Set<String> routes() {
        return gateway.routes();
    }

    /** Whether work of the gateway is alive. */
    boolean isAlive(String work) {
        return gateway.keeper().states().get(work).alive();
    }

    private void awaitReady() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            HttpResponse<String> ready = get("/readyz");
            org.assertj.core.api.Assertions.assertThat(ready.statusCode())
                    .as(ready.body())
                    .isEqualTo(200);
        });
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    HttpResponse<String> post(String path, byte[] body, String... headers) {
        return send(request(path, headers)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Deletes the change log and makes it anew, as somebody might who knows no better. */
    void makeLogAnew() throws Exception {
        try (Admin admin = admin()) {
            String log = NAME + ".changes";
            admin.deleteTopics(List.of(log)).all().get();
            Awaitility.await().until(() -> !admin.listTopics().names().get().contains(log));
            FeedTopics.prepare(admin, FEED);
        }
    }

    /** Writes changes as the job does: in a transaction, each key in one partition. Gives their ids. */
    List<String> tell(int from, int count, int keys, String padding) {
        List<String> ids = new ArrayList<>();
        producer.beginTransaction();
        for (int i = from; i < from + count; i++) {
            ids.add(tell(i, i % keys, '"' + padding + '"'));
        }
        producer.commitTransaction();
        return ids;
    }

    /** The same, of one key, a change for each of these texts. */
    List<String> tellNotes(List<String> notes) {
        List<String> ids = new ArrayList<>();
        producer.beginTransaction();
        for (String note : notes) {
            ids.add(tell(ids.size(), 0, NaughtyStrings.quoted(note)));
        }
        producer.commitTransaction();
        return ids;
    }

    private String tell(int price, int sku, String note) {
        String shop = "s" + sku % 3;
        String key = "[\"%s\",\"k%d\"]".formatted(shop, sku);
        long seq = seqs.merge(key, 1L, Long::sum);
        long at = clock++;
        String body = "{\"at\":%d,\"note\":%s,\"price\":%d,\"shop\":\"%s\",\"sku\":\"k%d\"}"
                .formatted(at, note, price, shop, sku);
        Op op = seq == 1 ? Op.NEW : Op.UPDATE;
        String id = ChangeId.of(NAME, key, at * 1_000, price, op);
        Position source = new Position(NAME + ".raw", 0, price);
        Change change = new Change(id, key, seq, op, List.of("price"), null, body, at * 1_000, price, source, "");
        var unused = producer.send(new ProducerRecord<>(
                NAME + ".changes",
                sku % PARTITIONS,
                key.getBytes(StandardCharsets.UTF_8),
                ChangeJson.write(NAME, change).getBytes(StandardCharsets.UTF_8)));
        return id;
    }

    @Override
    public void close() {
        gateway.close();
        producer.close();
        broker.close();
        data.close();
    }
}
