package io.leat.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP way to a server on the loopback whose {@link Weather} changes under the connections that are open. Thread-safe. A way that
 * is cut still takes connections, as a kernel with a full table of them would not: who connects waits for an answer.
 */
public final class Wire implements AutoCloseable {

    private static final int PIECE = 1 << 14;
    private static final int NARROW_PIECE = 1_000;
    private static final long NARROW_NANOS = 20_000_000;
    private static final long LATE_NANOS = 300_000_000;
    private static final long LOOK_NANOS = 5_000_000;
    private static final long LONGEST_LIFE_NANOS = 2_000_000_000;

    private final ServerSocket listening;
    private final int target;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile Weather weather = Weather.FAIR;
    private volatile boolean closed;

    /** A way to a port from a free one. */
    public Wire(int target) throws IOException {
        this(0, target);
    }

    /**
     * A way from a port to another.
     *
     * @param port where it listens, 0 for any free one
     */
    public Wire(int port, int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
        start(this::accept);
    }

    /** The port it listens on. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Changes the weather for what is open and what comes. After half-open connections, what is open then is closed. */
    public void be(Weather now) {
        Weather before = weather;
        weather = now;
        if (now == Weather.HALF_OPEN) {
            open.forEach(Connection::loseServer);
        } else if (before == Weather.HALF_OPEN) {
            open.forEach(Connection::close);
        }
    }

    private void accept() {
        while (!closed) {
            try {
                Connection connection = new Connection(listening.accept());
                open.add(connection);
                start(connection::begin);
            } catch (IOException e) {
                LockSupport.parkNanos(LOOK_NANOS); // closed, or the client is gone again
            }
        }
    }

    /** One client's connection and the one to the server that belongs to it. */
    private final class Connection {
        private final Socket client;
        private final Socket server = new Socket();
        private final long resetAt =
                System.nanoTime() + ThreadLocalRandom.current().nextLong(LONGEST_LIFE_NANOS);

        Connection(Socket client) {
            this.client = client;
        }

        void begin() {
            try {
                while (weather == Weather.HALF_OPEN && !closed) {
                    LockSupport.parkNanos(LOOK_NANOS);
                }
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                server.setTcpNoDelay(true);
                client.setTcpNoDelay(true);
                start(() -> carry(server, client, Weather.CUT_BACK));
                carry(client, server, Weather.CUT_THERE);
            } catch (IOException e) {
                close();
            }
        }

        private void carry(Socket from, Socket to, Weather held) {
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] buffer = new byte[PIECE];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    awaitPassage(held);
                    write(out, buffer, n);
                }
                awaitPassage(held);
            } catch (IOException e) {
                // one end is gone: so is the other, unless it must not hear of it
            }
            if (weather != Weather.HALF_OPEN) {
                close();
            }
        }

        private void awaitPassage(Weather held) throws IOException {
            while ((weather == Weather.CUT || weather == held) && !closed && !client.isClosed()) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            if (weather == Weather.RESETTING && System.nanoTime() > resetAt) {
                client.setSoLinger(true, 0);
                server.setSoLinger(true, 0);
                close();
                throw new IOException("reset");
            }
        }

        private void write(OutputStream out, byte[] buffer, int length) throws IOException {
            int step =
                    switch (weather) {
                        case SLICED -> 1;
                        case NARROW -> NARROW_PIECE;
                        default -> length;
                    };
            for (int at = 0; at < length; at += step) {
                if (weather == Weather.LATE) {
                    LockSupport.parkNanos(LATE_NANOS);
                } else if (weather == Weather.NARROW) {
                    LockSupport.parkNanos(NARROW_NANOS);
                }
                out.write(Arrays.copyOfRange(buffer, at, Math.min(length, at + step)));
            }
        }

        void loseServer() {
            shut(server);
        }

        void close() {
            open.remove(this);
            shut(client);
            shut(server);
        }
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listening.close();
        open.forEach(Connection::close);
    }
}
