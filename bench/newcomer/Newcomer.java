import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Times the commands of somebody new: {@code leat init}, a line for a webhook, {@code leat run} until the webhook has its first
 * change. One argument, the leat command; a second one, how often (default 3).
 */
final class Newcomer {

    private static final int ARTICLES = 5_000;
    private static final int CRAWLS = 4;
    private static final double MOVES = 0.05;
    private static final int PATIENCE_SECONDS = 600;
    private static final String SINK =
            "sinks: [{name: me, webhook: {url: 'http://127.0.0.1:%d/', secret: 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE='}}]%n";

    private Newcomer() {}

    public static void main(String[] args) throws Exception {
        String leat = args[0];
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        System.out.printf("load average before: %s%n%n", load());
        System.out.println("| init, seconds | its CPU | run until the first webhook, seconds | its CPU | both |");
        System.out.println("| ---: | ---: | ---: | ---: | ---: |");
        for (int round = 0; round < rounds; round++) {
            Path dir = Files.createTempDirectory("newcomer");
            round(leat, dir);
        }
        System.out.printf("%nload average after: %s%n", load());
    }

    private static void round(String leat, Path dir) throws Exception {
        Path scraped = dir.resolve("scraped.jsonl");
        scrape(scraped);
        CountDownLatch first = new CountDownLatch(1);
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> take(exchange, first));
        receiver.start();
        try {
            long begun = System.nanoTime();
            Process init = start(dir, "init.out", leat, "init", "shop", "--from", scraped.toString());
            double initCpu = cpuAtEnd(init);
            double initSeconds = seconds(begun);
            Path feed = dir.resolve("shop/feed.yaml");
            Files.writeString(feed, SINK.formatted(receiver.getAddress().getPort()), StandardOpenOption.APPEND);

            long started = System.nanoTime();
            Process run = start(dir, "run.out", leat, "run", feed.toString(), "--from", scraped.toString(), "--port", "0",
                    "--http", "127.0.0.1:0", "--allow-private-webhooks");
            try {
                if (!first.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("no webhook came: " + Files.readString(dir.resolve("run.out")));
                }
                double runSeconds = seconds(started);
                System.out.printf(Locale.ROOT, "| %.1f | %.1f | %.1f | %.1f | %.1f |%n", initSeconds, initCpu, runSeconds,
                        cpu(run), initSeconds + runSeconds);
            } finally {
                run.destroy();
                run.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            receiver.stop(0);
        }
    }

    private static void take(HttpExchange exchange, CountDownLatch first) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
        first.countDown();
    }

    /** Crawls of a shop: prices as text, of which some move, and views, which all do. */
    private static void scrape(Path file) throws IOException {
        Random random = new Random(7);
        int[] cents = random.ints(ARTICLES, 500, 9_000).toArray();
        Instant start = Instant.parse("2026-03-01T00:00:00Z");
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            for (int crawl = 0; crawl < CRAWLS; crawl++) {
                for (int i = 0; i < ARTICLES; i++) {
                    cents[i] = crawl > 0 && random.nextDouble() < MOVES ? 500 + random.nextInt(8_500) : cents[i];
                    out.printf(
                            Locale.ROOT,
                            "{\"sku\":\"A%05d\",\"url\":\"https://shop.example/p/%d\",\"title\":\"Article %d\",\"price\":\"%d.%02d EUR\",\"views\":%d,\"scraped_at\":\"%s\"}%n",
                            i, i, i, cents[i] / 100, cents[i] % 100, random.nextInt(100_000),
                            start.plusSeconds(crawl * 3_600L + i / 10));
                }
            }
        }
    }

    private static Process start(Path dir, String out, String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve(out).toFile())
                .start();
    }

    /** Asked until the process is gone: the last answer counts. */
    private static double cpuAtEnd(Process process) throws InterruptedException {
        double last = 0;
        while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
            last = cpu(process);
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException("leat init ended with " + process.exitValue());
        }
        return last;
    }

    private static double cpu(Process process) {
        return process.info().totalCpuDuration().map(time -> time.toMillis() / 1e3).orElse(0.0);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static String load() throws IOException {
        Path file = Path.of("/proc/loadavg");
        return Files.exists(file) ? Files.readString(file).strip() : "not known here";
    }
}
