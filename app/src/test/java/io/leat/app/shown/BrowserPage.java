package io.leat.app.shown;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leat.testkit.PlainJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * The page of docs/http.md open in a real browser, and the server it is from. The server adds a script that tells what
 * the page shows, and whether anything that was scraped has been executed.
 */
final class BrowserPage implements AutoCloseable {

    private static final String SPY =
            """
            <script>
            window.executed = 0;
            window.alert = () => window.executed++;
            setInterval(() => fetch("shows", {method: "POST", body: JSON.stringify({
              lines: [...document.querySelectorAll("li")].map(line => line.textContent),
              elements: document.querySelectorAll("ol *:not(li)").length,
              executed: window.executed})}), 200);
            </script>
            """;

    private final HttpServer server;
    private final Process browser;
    private final AtomicInteger tickets = new AtomicInteger();
    private volatile Shown shown = new Shown(List.of(), 0, 0);

    /**
     * What the page shows.
     *
     * @param lines the text of each line
     * @param elements how much within them is not text
     * @param executed how often a script of a stranger has run
     */
    record Shown(List<String> lines, int elements, int executed) {}

    /** @param ticket makes a ticket, as the page's server would with its key; gives the JSON the page is answered */
    BrowserPage(Path page, Path profile, Supplier<String> ticket) throws IOException {
        byte[] html = (SPY + Files.readString(page)).getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(4, work -> {
            Thread thread = new Thread(work, "page");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> answer(exchange, "text/html; charset=utf-8", html));
        server.createContext("/ticket", exchange -> {
            tickets.incrementAndGet();
            answer(exchange, "application/json", ticket.get().getBytes(StandardCharsets.UTF_8));
        });
        server.createContext("/shows", exchange -> {
            shown = read(PlainJson.parse(exchange.getRequestBody().readAllBytes()));
            answer(exchange, "text/plain", new byte[0]);
        });
        server.start();
        browser = new ProcessBuilder(
                        "chromium-headless-shell",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolveSibling("chromium.out").toFile())
                .start();
    }

    /** What it showed a moment ago. */
    Shown shows() {
        return shown;
    }

    /** How often it has come for a ticket. */
    int tickets() {
        return tickets.get();
    }

    private static Shown read(JsonNode node) {
        List<String> lines = new ArrayList<>();
        node.get("lines").forEach(line -> lines.add(line.stringValue()));
        return new Shown(
                lines, node.get("elements").intValue(), node.get("executed").intValue());
    }

    private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        browser.descendants().forEach(ProcessHandle::destroyForcibly);
        browser.destroyForcibly();
        try {
            browser.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            server.stop(0);
        }
    }

    /** Opens an address as a page of its own and gives what it became. */
    static String dom(Path profile, String url) {
        try {
            Process dump = new ProcessBuilder(
                            "chromium-headless-shell",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--user-data-dir=" + profile,
                            "--timeout=2000",
                            "--dump-dom",
                            url)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String dom = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            dump.waitFor();
            return dom;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
