package io.leat.app.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leat.testkit.PlainJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** A webhook's client: takes each change, knows how far it is with each key, and when the pulse comes through. */
final class Client implements AutoCloseable {

    private static final long TOLERANCE_SECONDS = 300;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "client");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Long> newest = new HashMap<>();
    private final Map<String, Long> pulse = new HashMap<>();
    private long taken;
    private long distinct;
    private long early;
    private long falseTimes;

    Client() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode data =
                    PlainJson.parse(exchange.getRequestBody().readAllBytes()).get("data");
            long signed = Long.parseLong(exchange.getRequestHeaders().getFirst("webhook-timestamp"));
            take(data, Math.abs(Instant.now().getEpochSecond() - signed) > TOLERANCE_SECONDS);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private synchronized void take(JsonNode change, boolean isFalse) {
        String key = PlainJson.text(change.get("key"));
        long seq = change.get("seq").longValue();
        long before = newest.getOrDefault(key, 0L);
        taken++;
        falseTimes += isFalse ? 1 : 0;
        if (seq > before) {
            distinct++;
            early += seq > before + 1 ? 1 : 0;
            newest.put(key, seq);
        }
        JsonNode after = change.get("after");
        if (after.path("shop").asString("").equals(Scrapers.PULSE_SHOP)) {
            pulse.merge(after.get("sku").stringValue(), after.get("n").longValue(), Math::max);
        }
    }

    /** Waits until each item of the pulse has come with a scrape from a mark on. */
    void awaitPulse(long mark, Duration patience) {
        Awaitility.await("the pulse from " + mark)
                .atMost(patience)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> isPulseAt(mark));
    }

    private synchronized boolean isPulseAt(long mark) {
        return pulse.size() == Scrapers.PULSE.size() && pulse.values().stream().allMatch(n -> n >= mark);
    }

    /**
     * What has come.
     *
     * @param distinct changes that came
     * @param repeats changes that came once more
     * @param early times a change came before the one ahead of it of its key had ever come
     * @param falseTimes attempts whose signature a client with five minutes of tolerance would refuse
     */
    record Seen(long distinct, long repeats, long early, long falseTimes) {}

    synchronized Seen seen() {
        return new Seen(distinct, taken - distinct, early, falseTimes);
    }

    /** How many of the keys' newest changes have come, or later ones. */
    synchronized long complete(Map<String, Long> wanted) {
        return wanted.entrySet().stream()
                .filter(each -> newest.getOrDefault(each.getKey(), 0L) >= each.getValue())
                .count();
    }

    @Override
    public void close() {
        server.stop(0);
        List.copyOf(threads.shutdownNow());
    }
}
