package io.leat.app.guarantee;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Sends batches of records over some connections, each as soon as its last one was answered. */
final class PostLoad {

    static final int CONNECTIONS = 32;
    private static final int WARM_UP_SECONDS = 4;

    private final LongAdder answered = new LongAdder();
    private volatile boolean over;

    private PostLoad() {}

    /**
     * How many records a second were acknowledged, over so many seconds.
     *
     * @param keys an API key for each connection
     */
    static double recordsPerSecond(int port, String path, List<String> keys, int batch, int seconds)
            throws InterruptedException {
        return new PostLoad().run(port, path, keys, batch, seconds);
    }

    private double run(int port, String path, List<String> keys, int batch, int seconds) throws InterruptedException {
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            byte[] request = request(path, keys.get(i), batch, i);
            Thread sender = new Thread(() -> send(port, request), "sender");
            sender.setDaemon(true);
            sender.start();
            senders.add(sender);
        }
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        long begun = System.nanoTime();
        long before = answered.sum();
        TimeUnit.SECONDS.sleep(seconds);
        double rate = (answered.sum() - before) * (double) batch * 1e9 / (System.nanoTime() - begun);
        over = true;
        for (Thread sender : senders) {
            sender.join();
        }
        return rate;
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

    private void send(int port, byte[] request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            while (!over) {
                out.write(request);
                mustBeAccepted(in);
                answered.increment();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
