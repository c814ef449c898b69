package io.leat.app.webhook;

import io.leat.delivery.guard.Guard;
import io.leat.delivery.guard.Names;
import io.leat.delivery.guard.Network;
import io.leat.delivery.lane.Outcome;
import io.leat.delivery.webhook.HttpSender;
import io.leat.format.webhook.WebhookUrl;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocketFactory;

/**
 * Posts to every URL of a file from inside a network namespace that has the forbidden addresses and one public one, and
 * counts who was connected to: {@code URLS}. Says {@code RESULT urls inside public control}.
 */
public final class GuardMain {

    static final String PUBLIC = "93.184.216.34";
    private static final String INSIDE = "10.0.0.1";
    private static final AtomicInteger INSIDE_CONNECTIONS = new AtomicInteger();
    private static final AtomicInteger PUBLIC_CONNECTIONS = new AtomicInteger();

    private GuardMain() {}

    /** Runs once. */
    public static void main(String[] args) throws Exception {
        for (int port : new int[] {22, 80, 81, 8000, 8080, 9000}) {
            listen(new ServerSocket(), port);
        }
        for (int port : new int[] {443, 8443}) {
            listen(SSLServerSocketFactory.getDefault().createServerSocket(), port);
        }
        List<String> urls = Files.readAllLines(Path.of(args[0]));
        Vertx vertx = Vertx.vertx();
        Names inside = host -> CompletableFuture.completedFuture(List.of(address(INSIDE)));
        try (HttpSender sender = new HttpSender(vertx, new Guard(List.of(), inside), InstantSource.system())) {
            List<CompletableFuture<Outcome>> posts = new ArrayList<>();
            urls.forEach(url -> posts.add(post(sender, url)));
            posts.forEach(CompletableFuture::join);
        }
        changingAnswers(vertx);
        int leaked = INSIDE_CONNECTIONS.get();
        Names outside = host -> CompletableFuture.completedFuture(List.of(address(PUBLIC)));
        Outcome control;
        try (HttpSender sender = new HttpSender(vertx, new Guard(List.of(), outside), InstantSource.system())) {
            control = post(sender, "https://client.example/hook").join();
        }
        opened(vertx);
        boolean seen = INSIDE_CONNECTIONS.get() == leaked + 1;
        int connectedOutside = PUBLIC_CONNECTIONS.get();
        int unguarded = unguarded(vertx, urls, inside);
        System.out.printf(
                "RESULT urls=%d inside=%d public=%d control=%s listener-sees=%s unguarded=%d%n",
                urls.size(), leaked, connectedOutside, control, seen, unguarded);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        System.exit(0);
    }

    /** A name that is public when it is first looked up, and leads inside from then on. */
    private static void changingAnswers(Vertx vertx) {
        for (int i = 0; i < 20; i++) {
            AtomicInteger lookUps = new AtomicInteger();
            Names changing = host -> CompletableFuture.completedFuture(
                    List.of(address(lookUps.getAndIncrement() == 0 ? PUBLIC : INSIDE)));
            try (HttpSender sender = new HttpSender(vertx, new Guard(List.of(), changing), InstantSource.system())) {
                post(sender, "https://client.example/hook").join();
                post(sender, "https://client.example/hook").join();
            }
        }
    }

    /** That the listeners count is seen by one delivery to an address an operator has opened. */
    private static void opened(Vertx vertx) {
        Guard guard =
                new Guard(List.of(Network.parse(INSIDE)), host -> CompletableFuture.failedFuture(new IOException()));
        try (HttpSender sender = new HttpSender(vertx, guard, InstantSource.system())) {
            post(sender, "http://" + INSIDE + "/").join();
        }
    }

    /** How many connections are made inside when nothing is refused: what the guard has to stop. */
    private static int unguarded(Vertx vertx, List<String> urls, Names inside) {
        int before = INSIDE_CONNECTIONS.get();
        List<Network> all = List.of(Network.parse("0.0.0.0/0"), Network.parse("::/0"));
        try (HttpSender sender = new HttpSender(vertx, new Guard(all, inside), InstantSource.system())) {
            urls.stream().map(url -> post(sender, url)).toList().forEach(CompletableFuture::join);
        }
        return INSIDE_CONNECTIONS.get() - before;
    }

    private static CompletableFuture<Outcome> post(HttpSender sender, String url) {
        try {
            return sender.post(
                            WebhookUrl.parse(url),
                            Map.of(),
                            "{}".getBytes(StandardCharsets.UTF_8),
                            Duration.ofSeconds(3))
                    .toCompletableFuture();
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(new Outcome.Failed(Outcome.Fault.ADDRESS_REFUSED, "not read"));
        }
    }

    private static void listen(ServerSocket server, int port) throws IOException {
        server.bind(new InetSocketAddress(port), 500);
        Thread thread = new Thread(() -> accept(server), "listener-" + port);
        thread.setDaemon(true);
        thread.start();
    }

    private static void accept(ServerSocket server) {
        while (true) {
            try (Socket socket = server.accept()) {
                boolean isPublic = socket.getLocalAddress().equals(address(PUBLIC));
                (isPublic ? PUBLIC_CONNECTIONS : INSIDE_CONNECTIONS).incrementAndGet();
                socket.setSoTimeout(2_000);
                socket.getInputStream().read(new byte[4_096]);
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            } catch (IOException e) {
                continue; // a client that does not trust the certificate has gone
            }
        }
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
