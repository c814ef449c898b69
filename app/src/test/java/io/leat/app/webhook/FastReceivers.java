package io.leat.app.webhook;

import io.leat.core.delivery.SigningKey;
import io.leat.core.delivery.Subscription;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Many clients on one port that answer at once and measure how old what they get is, by {@code "at"} in it. */
final class FastReceivers implements AutoCloseable {

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setUseDaemonThread(true).setEventLoopPoolSize(1));
    private final HttpServer server;
    private final LongAdder received = new LongAdder();
    private final ConcurrentHashMap<String, List<Long>> ages = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Boolean> dead = new ConcurrentHashMap<>();
    private final Age age;

    /** How old something is, in microseconds, by the number it carries. */
    interface Age {
        long micros(long at);
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
        if (dead.containsKey(request.path())) {
            return; // it hangs
        }
        request.body().onSuccess(body -> {
            request.response().setStatusCode(204).end();
            received.increment();
            counts.computeIfAbsent(request.path(), path -> new LongAdder()).increment();
            String text = body.toString(StandardCharsets.UTF_8);
            int from = text.indexOf("\"at\":");
            if (from >= 0) {
                int end = from + 5;
                while (end < text.length() && Character.isDigit(text.charAt(end))) {
                    end++;
                }
                long micros = age.micros(Long.parseLong(text.substring(from + 5, end)));
                ages.computeIfAbsent(request.path(), path -> Collections.synchronizedList(new ArrayList<>()))
                        .add(micros);
            }
        });
    }

    String url(int client) {
        return "http://127.0.0.1:" + server.actualPort() + "/" + client;
    }

    Subscription subscription(int client, int inFlight) {
        return new Subscription(
                "client-" + client,
                url(client),
                List.of(SigningKey.of(Receiver.SECRET)),
                null,
                List.of(),
                Subscription.CatchUp.ALL,
                Subscription.From.EARLIEST,
                Subscription.Batch.NONE,
                false,
                new Subscription.Limits(inFlight, 0, Duration.ofSeconds(5), Duration.ofDays(3)));
    }

    /** The client hangs from now on, or works again. */
    void setDead(int client, boolean isDead) {
        if (isDead) {
            dead.put("/" + client, true);
        } else {
            dead.remove("/" + client);
        }
    }

    long received() {
        return received.sum();
    }

    /** How many deliveries a client took. */
    long countOf(int client) {
        LongAdder count = counts.get("/" + client);
        return count == null ? 0 : count.sum();
    }

    /** The ages of all but one client's deliveries, sorted; forgets them. */
    List<Long> takeAges(int butOf) {
        List<Long> all = new ArrayList<>();
        ages.forEach((path, list) -> {
            if (!path.equals("/" + butOf)) {
                synchronized (list) {
                    all.addAll(list);
                    list.clear();
                }
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
