package io.leat.app.webhook.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server on loopback with a mailbox for every address that was ever given to a subscription. */
final class Post implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Mailbox> boxes = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();

    /** What came, and how it was answered. */
    record Arrival(long at, String id, int status) {
        boolean isTaken() {
            return status == 200;
        }
    }

    /** Where deliveries to one address lie. */
    static final class Mailbox {
        final String url;
        private final List<Arrival> arrivals = new ArrayList<>();
        private volatile int status = 200;

        private Mailbox(String url) {
            this.url = url;
        }

        void answer(int newStatus) {
            status = newStatus;
        }

        List<Arrival> arrivals() {
            synchronized (arrivals) {
                return List.copyOf(arrivals);
            }
        }

        private int take(long at, JsonNode data) {
            int now = status;
            synchronized (arrivals) {
                for (JsonNode change : data.isArray() ? data.values() : List.of(data)) {
                    arrivals.add(new Arrival(at, change.required("id").stringValue(), now));
                }
            }
            return now;
        }
    }

    Post() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    Mailbox open() {
        String path = "/" + number.incrementAndGet();
        Mailbox box = new Mailbox("http://127.0.0.1:" + server.getAddress().getPort() + path);
        boxes.put(path, box);
        return box;
    }

    private void handle(HttpExchange exchange) throws IOException {
        long at = System.nanoTime();
        try (exchange) {
            JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            int status = boxes.get(exchange.getRequestURI().getPath()).take(at, body.required("data"));
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
