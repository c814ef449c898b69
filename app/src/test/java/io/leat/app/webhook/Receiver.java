package io.leat.app.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client's server on loopback: verifies with the official library, remembers what it took, answers as it is told. */
final class Receiver implements AutoCloseable {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Behaviour behaviour;
    private final List<Taken> taken = new ArrayList<>();
    private int attempts;
    private int badSignatures;

    /** Answers an attempt: the status, or 0 for having done it all itself. */
    interface Behaviour {
        int answer(HttpExchange exchange, int attempt) throws IOException;
    }

    /** A change that was answered with 200. */
    record Taken(String id, String key, long seq, long atNanos) {}

    Receiver(Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int number;
        synchronized (this) {
            number = ++attempts;
            badSignatures += isSigned(exchange, body) ? 0 : 1;
        }
        int status = behaviour.answer(exchange, number);
        if (status == 0) {
            return;
        }
        if (status == 200) {
            take(body);
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static boolean isSigned(HttpExchange exchange, String body) {
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values));
        try {
            new Webhook(SECRET).verify(body, headers);
            return true;
        } catch (WebhookVerificationException | com.standardwebhooks.exceptions.EmptyWebhookSecretException e) {
            return false;
        }
    }

    private void take(String body) {
        JsonNode data = JSON.readTree(body).required("data");
        long now = System.nanoTime();
        synchronized (this) {
            for (JsonNode change : data.isArray() ? data.values() : List.of(data)) {
                taken.add(new Taken(
                        change.required("id").stringValue(),
                        change.required("key").toString(),
                        change.required("seq").longValue(),
                        now));
            }
        }
    }

    synchronized int attempts() {
        return attempts;
    }

    synchronized int badSignatures() {
        return badSignatures;
    }

    synchronized List<Taken> taken() {
        return List.copyOf(taken);
    }

    synchronized int distinct() {
        Set<String> ids = new HashSet<>();
        taken.forEach(change -> ids.add(change.id()));
        return ids.size();
    }

    /** How often a key went back: a repeat of its newest change does not count. */
    synchronized int disorder() {
        Map<String, Long> newest = new HashMap<>();
        int violations = 0;
        for (Taken change : taken) {
            long before = newest.getOrDefault(change.key(), 0L);
            violations += change.seq() < before || change.seq() > before + 1 ? 1 : 0;
            newest.put(change.key(), Math.max(before, change.seq()));
        }
        return violations;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
