package io.leat.bench.product;

import io.leat.app.Leat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the work as users run it: {@code leat run}, with its panel's lines, metrics and checkpoints. {@code -Dbench.panel=off}
 * runs it with {@code --json}, {@code -Dbench.parallelism=2} with two subtasks, {@code -Dbench.watch=on} watches its sites, serves
 * HTTP, and is asked for its metrics every second by a thread of this process.
 */
public final class ProductMain {

    private ProductMain() {}

    /** Runs until it is killed, or until the process that started it is gone. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody is left to hear of it
    public static void main(String[] args) throws IOException {
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit()
                .thenRun(() -> Runtime.getRuntime().halt(1)));
        Path directory = Path.of(args[4]);
        Path feed = feed(Path.of(args[1]), args[2], args[3], directory);
        boolean isWatched = System.getProperty("bench.watch", "off").equals("on");
        String http = isWatched ? "127.0.0.1:" + freePort() : "off";
        if (isWatched) {
            Files.writeString(feed, System.lineSeparator() + "watch: {by: source}", StandardOpenOption.APPEND);
            askForMetrics(http);
        }
        List<String> command = new ArrayList<>(List.of(
                "run",
                feed.toString(),
                "--kafka",
                args[0],
                "--data",
                directory.resolve("data").toString(),
                "--http",
                http,
                "--parallelism",
                System.getProperty("bench.parallelism", "1")));
        if (System.getProperty("bench.panel", "on").equals("off")) {
            command.add("--json");
        }
        Leat.main(command.toArray(String[]::new));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** As Prometheus does, but more often than it mostly does. */
    private static void askForMetrics(String address) {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://" + address + "/metrics"))
                .build();
        Thread asking = new Thread(
                () -> {
                    while (true) {
                        try {
                            Thread.sleep(1_000);
                            client.send(question, HttpResponse.BodyHandlers.discarding());
                        } catch (IOException e) {
                            Thread.onSpinWait(); // it does not serve yet
                        } catch (InterruptedException e) {
                            return;
                        }
                    }
                },
                "metrics");
        asking.setDaemon(true);
        asking.start();
    }

    /** The feed file with its variables filled in, beside its contract. */
    private static Path feed(Path file, String name, String logPartitions, Path directory) throws IOException {
        try (Stream<Path> beside =
                Files.list(file.toAbsolutePath().resolveSibling("").normalize())) {
            for (Path each : beside.toList()) {
                Files.copy(each, directory.resolve(each.getFileName()));
            }
        }
        Path own = directory.resolve(file.getFileName());
        String text = Files.readString(own).replace("${FEED}", name).replace("${LOG_PARTITIONS}", logPartitions);
        return Files.writeString(own, text);
    }
}
