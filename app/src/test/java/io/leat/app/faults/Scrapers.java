package io.leat.app.faults;

import io.leat.testkit.PlainJson;
import io.leat.testkit.RandomSeed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import tools.jackson.databind.JsonNode;

/**
 * Scrapers that post to any gateway until they are answered, one that writes to Kafka itself, and one whose few items change all the
 * time, by which a recovery is seen. Whatever is acknowledged goes into the ledger.
 */
final class Scrapers implements AutoCloseable {

    /** The items that change all the time: enough of them to stand in every partition of both topics. */
    static final List<String> PULSE =
            IntStream.range(0, 12).mapToObj(i -> "p" + i).toList();

    static final String PULSE_SHOP = "pulse";
    private static final int POSTING = 3;
    private static final int BATCH = 10;
    private static final Duration PULSE_EVERY = Duration.ofMillis(250);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(6);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final List<URI> gateways;
    private final String topic;
    private final AtomicLong numbers = new AtomicLong();
    private final Ledger ledger = new Ledger();
    private final Map<Integer, AtomicLong> answers = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    /**
     * Starts them.
     *
     * @param gateways where each takes records
     * @param bootstrap of Kafka for the one that writes itself
     * @param perSecond records of all but the pulse
     */
    Scrapers(List<URI> gateways, String bootstrap, String topic, RandomSeed seed, int perSecond) {
        this.gateways = List.copyOf(gateways);
        this.topic = topic;
        Duration pause = Duration.ofNanos(1_000_000_000L * BATCH * (POSTING + 1) / perSecond);
        for (int i = 0; i < POSTING; i++) {
            Prices prices = new Prices("s" + i, numbers, seed.round(i).value());
            start("posting-" + i, i, pause, () -> batch(prices));
        }
        Prices pulse = new Prices(PULSE_SHOP, numbers, 0);
        start("pulse", 0, PULSE_EVERY, () -> PULSE.stream().map(pulse::fresh).toList());
        Prices direct = new Prices("direct", numbers, seed.round(POSTING).value());
        start("writing", () -> write(bootstrap, direct, pause));
    }

    private static List<byte[]> batch(Prices prices) {
        return IntStream.range(0, BATCH).mapToObj(i -> prices.next()).toList();
    }

    /** The number of a scrape that is yet to be made: all with a greater one are made after this. */
    long mark() {
        return numbers.get();
    }

    Ledger ledger() {
        return ledger;
    }

    /** How many answers of each status; 0 is none. */
    Map<Integer, AtomicLong> answers() {
        return answers;
    }

    private void start(String name, int first, Duration pause, Supplier<List<byte[]>> next) {
        start(name, () -> {
            HttpClient http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(ANSWER_WITHIN)
                    .build();
            int gateway = first;
            while (!over) {
                long begun = System.nanoTime();
                List<byte[]> left = next.get();
                while (!left.isEmpty()) {
                    left = post(http, gateways.get(gateway % gateways.size()), left);
                    gateway += left.isEmpty() ? 0 : 1;
                    LockSupport.parkNanos(left.isEmpty() ? 0 : 100_000_000);
                }
                LockSupport.parkNanos(begun + pause.toNanos() - System.nanoTime());
            }
        });
    }

    private void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    /** Posts records and gives those that are not acknowledged, which are to be sent again. */
    private List<byte[]> post(HttpClient http, URI gateway, List<byte[]> records) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] each : records) {
            body.writeBytes(each);
            body.write('\n');
        }
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(gateway)
                            .header("Content-Type", "application/x-ndjson")
                            .timeout(ANSWER_WITHIN)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            count(response.statusCode());
            return response.statusCode() == 202 || response.statusCode() == 207
                    ? notAcknowledged(PlainJson.parse(response.body()).get("records"), records)
                    : records;
        } catch (IOException e) {
            count(0);
            return records;
        } catch (InterruptedException e) {
            return List.of();
        }
    }

    private List<byte[]> notAcknowledged(JsonNode answered, List<byte[]> records) {
        List<byte[]> left = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            JsonNode answer = answered.get(i);
            if (answer.has("offset")) {
                ledger.note(
                        answer.get("partition").intValue(), answer.get("offset").longValue(), records.get(i));
            } else {
                left.add(records.get(i));
            }
        }
        return left;
    }

    private void count(int status) {
        answers.computeIfAbsent(status, same -> new AtomicLong()).incrementAndGet();
    }

    private void write(String bootstrap, Prices prices, Duration pause) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all", "linger.ms", "5", "max.block.ms", "10000"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            while (!over) {
                for (byte[] value : batch(prices)) {
                    byte[] key = PlainJson.text(PlainJson.parse(value).get("sku"))
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
                    producer.send(new ProducerRecord<>(topic, key, value), (place, failed) -> {
                        if (failed == null) {
                            ledger.note(place.partition(), place.offset(), Objects.requireNonNull(value));
                        }
                    });
                }
                LockSupport.parkNanos(pause.toNanos());
            }
        }
    }

    /** Ends them; each brings home what it has under way. */
    @Override
    public void close() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join(PATIENCE.toMillis());
            if (thread.isAlive()) {
                throw new AssertionError(thread.getName() + " is not answered");
            }
        }
    }
}
