package io.leat.app.guarantee;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends batches of records over some connections, each as soon as its last one was answered. */
final class PostLoad {

    static final int CONNECTIONS = 32;
    private static final Duration WARM_UP = Duration.ofSeconds(4);

    private PostLoad() {}

    /**
     * How many records a second were acknowledged, over so many seconds.
     *
     * @param keys an API key for each connection
     */
    static double recordsPerSecond(int port, String path, List<String> keys, int batch, int seconds) throws Exception {
        long from = System.nanoTime() + WARM_UP.toNanos();
        long until = from + Duration.ofSeconds(seconds).toNanos();
        List<Callable<Long>> senders = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            byte[] request = request(path, keys.get(i), batch, i);
            senders.add(() -> answered(port, request, from, until));
        }
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            long answered = 0;
            for (Future<Long> sender : threads.invokeAll(senders)) {
                answered += sender.get();
            }
            return (double) answered * batch / seconds;
        } finally {
            threads.shutdownNow();
        }
    }

    private static byte[] request(String path, String key, int batch, int sender) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < batch; i++) {
            body.append(
                    "{\"shop\":\"shop-%d\",\"sku\":\"%d\",\"price\":9.5,\"currency\":\"EUR\",\"in_stock\":true,\"extracted_at\":\"2026-02-07T17:22:01Z\",\"title\":\"%s\"}%n"
                            .formatted(sender, i, "x".repeat(120)));
        }
        return ("POST " + path
                        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
                        + "\r\nContent-Type: application/x-ndjson\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Sends until one moment; gives how many requests were answered from another one on. */
    private static long answered(int port, byte[] request, long from, long until) throws IOException {
        long answered = 0;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            for (long now = System.nanoTime(); now < until; ) {
                out.write(request);
                mustBeAccepted(in);
                now = System.nanoTime();
                answered += now >= from && now < until ? 1 : 0;
            }
        }
        return answered;
    }

    private static void mustBeAccepted(InputStream in) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 202")) {
            throw new IOException("answered " + status);
        }
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        in.skipNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
