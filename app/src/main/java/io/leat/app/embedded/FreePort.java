package io.leat.app.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds a loopback port for a server that will bind it a moment later. */
public final class FreePort {

    /** Below the range from which systems take the near ends of outgoing connections: no connection gets in between. */
    private static final int FIRST = 15_000;

    private static final int END = 32_000;
    private static final int TRIES = 200;

    private FreePort() {}

    /** A port that nobody listens on now. */
    public static int find() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "no free port among %s looked at between %s and %s".formatted(TRIES, FIRST, END));
    }

    /** Whether a server could bind a loopback port now. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback(), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
