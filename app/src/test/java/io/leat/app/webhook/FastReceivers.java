package io.leat.app.webhook;

import io.leat.core.delivery.SigningKey;
import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Many clients on one port that answer at once and measure how old what they get is, by {@code "at"} in it. */
final class FastReceivers implements AutoCloseable {

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setUseDaemonThread(true).setEventLoopPoolSize(1));
    private final HttpServer server;
    private final LongAdder received = new LongAdder();
    private final LongAdder disorder = new LongAdder();
    private final ConcurrentHashMap<Integer, Client> clients = new ConcurrentHashMap<>();
    private final Set<Integer> dead = ConcurrentHashMap.newKeySet();
    private final Age age;

    /** How old something is, in microseconds, by the number it carries. */
    interface Age {
        long micros(long at);
    }

    /** What a client has. Touched by the event loop; ages by whoever takes them too. */
    private static final class Client {
        private final Map<String, Long> newest = new HashMap<>();
        private final List<Long> ages = new ArrayList<>();
        private volatile long count;
    }

    FastReceivers(Age age) {
        this.age = age;
        server = vertx.createHttpServer(new HttpServerOptions().setAcceptBacklog(4_096))
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void handle(HttpServerRequest request) {
        int number = Integer.parseInt(request.path().substring(1));
        if (dead.contains(number)) {
            return; // it hangs
        }
        request.body().onSuccess(body -> {
            request.response().setStatusCode(204).end();
            received.increment();
            take(clients.computeIfAbsent(number, fresh -> new Client()), body.toString(StandardCharsets.UTF_8));
        });
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one event loop writes
    private void take(Client client, String text) {
        int key = text.indexOf("\"key\":");
        if (key >= 0) {
            long seq = number(text, "\"seq\":");
            Long before = client.newest.put(text.substring(key, text.indexOf(']', key)), seq);
            long last = before == null ? 0 : before;
            if (seq == last + 1) {
                client.count++;
            } else if (seq != last) {
                disorder.increment();
            }
        }
        if (text.contains("\"at\":")) {
            long micros = age.micros(number(text, "\"at\":"));
            synchronized (client.ages) {
                client.ages.add(micros);
            }
        }
    }

    private static long number(String text, String name) {
        int from = text.indexOf(name) + name.length();
        int end = from;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return Long.parseLong(text, from, end, 10);
    }

    String url(int client) {
        return "http://127.0.0.1:" + server.actualPort() + "/" + client;
    }

    Subscription subscription(int client, int inFlight) {
        return new Subscription(
                "client-" + client,
                new Webhook(
                        url(client),
                        List.of(SigningKey.of(Receiver.SECRET)),
                        Webhook.Batch.NONE,
                        false,
                        new Webhook.Limits(inFlight, 0, Duration.ofSeconds(5), Duration.ofDays(3))),
                null,
                List.of(),
                Subscription.CatchUp.ALL,
                Subscription.From.EARLIEST);
    }

    /** The client hangs from now on, or works again. */
    void setDead(int client, boolean isDead) {
        if (isDead) {
            dead.add(client);
        } else {
            dead.remove(client);
        }
    }

    long received() {
        return received.sum();
    }

    /** How many changes a client took, repeats aside. */
    long countOf(int client) {
        Client known = clients.get(client);
        return known == null ? 0 : known.count;
    }

    /** How often a key of a client went back or left something out. */
    long disorder() {
        return disorder.sum();
    }

    /** The ages of what clients from this one on took, sorted; forgets all. */
    List<Long> takeAges(int first) {
        List<Long> all = new ArrayList<>();
        clients.forEach((number, client) -> {
            synchronized (client.ages) {
                if (number >= first) {
                    all.addAll(client.ages);
                }
                client.ages.clear();
            }
        });
        Collections.sort(all);
        return all;
    }

    static double millis(List<Long> sortedMicros, double quantile) {
        return sortedMicros.isEmpty()
                ? Double.NaN
                : sortedMicros.get((int) Math.min(sortedMicros.size() - 1, quantile * sortedMicros.size())) / 1_000.0;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
