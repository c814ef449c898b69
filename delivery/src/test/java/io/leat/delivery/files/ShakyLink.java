package io.leat.delivery.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * A way to a server on the loopback that begins slowly and breaks soon, in either direction and in the middle of what is
 * said, as chance has it for each connection. Thread-safe.
 */
final class ShakyLink implements AutoCloseable {

    private static final int MOST_ASKED = 10_000;
    private static final int MOST_ANSWERED = 3_000;
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(300);

    private final ServerSocket listening;
    private final int target;
    private final RandomGenerator random;
    private final AtomicInteger broken = new AtomicInteger();

    /** A way to a port. */
    ShakyLink(int target, RandomGenerator random) throws IOException {
        this.target = target;
        this.random = random;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** The port it listens on. */
    int port() {
        return listening.getLocalPort();
    }

    /** How many connections broke. */
    int broken() {
        return broken.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                long asked = random.nextInt(MOST_ASKED);
                long answered = random.nextInt(MOST_ANSWERED);
                long pause = random.nextLong(LONGEST_PAUSE.toNanos());
                start(() -> carry(client, server, asked, pause));
                start(() -> carry(server, client, answered, 0));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void carry(Socket from, Socket to, long most, long pause) {
        try (from;
                to) {
            LockSupport.parkNanos(pause);
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 13];
            long left = most;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, (int) Math.min(left, n));
                left -= n;
                if (left < 0) {
                    broken.incrementAndGet();
                    return;
                }
            }
        } catch (IOException e) {
            // the other end is gone
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "shaky-link");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
