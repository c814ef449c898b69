package io.leat.app.webhook;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Servers that nobody should have to talk to. */
final class Rude {

    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private Rude() {}

    static int slowBody(HttpExchange exchange, int attempt) throws IOException {
        exchange.sendResponseHeaders(200, 60);
        drip(exchange, new byte[1], 1_000);
        return 0;
    }

    static int endlessBody(HttpExchange exchange, int attempt) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        drip(exchange, new byte[8_192], 1);
        return 0;
    }

    private static void drip(HttpExchange exchange, byte[] part, int millis) throws IOException {
        try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < 60; i++) {
                out.write(part);
                out.flush();
                if (NEVER.await(millis, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static int hugeHeaders(HttpExchange exchange, int attempt) {
        for (int i = 0; i < 100; i++) {
            exchange.getResponseHeaders().add("X-Filler-" + i, "x".repeat(1_000));
        }
        return 204;
    }

    static int hang(HttpExchange exchange, int attempt) {
        try {
            return NEVER.await(20, TimeUnit.SECONDS) ? 500 : 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    static int reset(HttpExchange exchange, int attempt) {
        exchange.close();
        return 0;
    }
}
