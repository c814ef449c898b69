package io.leat.app.guarantee;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Readers who ask for a stream and do not read it: half of them never, half a byte a second; half from the head, half
 * from the earliest. Each that has been closed, or is six to twelve seconds old, asks again.
 */
final class Dawdlers implements AutoCloseable {

    private static final int SMALL_BUFFER = 4_096;
    private static final long AGE_NANOS = 6_000_000_000L;
    private static final long AGES = 7;
    private static final long BYTE_NANOS = 1_000_000_000L;

    private final GatewayProcess gateway;
    private final List<Dawdler> all = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "dawdlers");
    private volatile long opened;
    private volatile boolean over;

    Dawdlers(GatewayProcess gateway, int count) {
        this.gateway = gateway;
        for (int i = 0; i < count; i++) {
            all.add(new Dawdler(i));
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** How many streams have been asked for. */
    long opened() {
        return opened;
    }

    private void run() {
        while (!over) {
            long round = System.nanoTime();
            for (Dawdler dawdler : all) {
                if (!over) {
                    dawdler.turn(System.nanoTime());
                }
            }
            java.util.concurrent.locks.LockSupport.parkNanos(round + BYTE_NANOS - System.nanoTime());
        }
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        all.forEach(Dawdler::leave);
    }

    private final class Dawdler {

        private final boolean takesBytes;
        private final String since;
        private final long patience;
        private Socket socket = new Socket();
        private long born;

        Dawdler(int number) {
            takesBytes = number % 2 == 0;
            since = number % 4 < 2 ? "?since=earliest" : "";
            patience = AGE_NANOS + number % AGES * BYTE_NANOS;
        }

        void turn(long now) {
            try {
                if (!socket.isConnected() || socket.isClosed() || now - born > patience) {
                    ask(now);
                } else if (takesBytes && isAtItsEnd()) {
                    leave();
                }
            } catch (IOException e) {
                leave();
            }
        }

        private boolean isAtItsEnd() throws IOException {
            return socket.getInputStream().available() > 0
                    && socket.getInputStream().read() < 0;
        }

        private void ask(long now) throws IOException {
            leave();
            socket = new Socket();
            socket.setReceiveBufferSize(SMALL_BUFFER);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
            String request =
                    "GET /v1/feeds/" + CrashRig.FEED + "/changes" + since + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            born = now;
            opened++;
        }

        void leave() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
