package io.leat.delivery.postgres;

import io.leat.delivery.guard.Guard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/**
 * Sockets that connect to nothing but what a guard lets through. The driver makes its own by the name of this class and finds the
 * guard by a text. Thread-safe.
 */
public final class GuardedSockets extends SocketFactory {

    private static final Map<String, Guard> GUARDS = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final String name;
    private final Guard guard;

    private GuardedSockets(String name, Guard guard) {
        this.name = name;
        this.guard = guard;
    }

    /**
     * For the driver.
     *
     * @param name of one that was made before
     */
    public GuardedSockets(String name) {
        this(name, Objects.requireNonNull(GUARDS.get(name)));
    }

    static GuardedSockets of(Guard guard) {
        String name = Long.toString(NUMBERS.incrementAndGet());
        GUARDS.put(name, guard);
        return new GuardedSockets(name, guard);
    }

    String name() {
        return name;
    }

    /** No more connections are made by its name. */
    void forget() {
        GUARDS.remove(name);
    }

    @Override
    public Socket createSocket() {
        return new Guarded(guard);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return createSocket(host, port);
    }

    private Socket connected(InetSocketAddress to) throws IOException {
        Socket socket = createSocket();
        socket.connect(to);
        return socket;
    }

    /** The guard does not let it through. */
    static final class AddressRefused extends IOException {
        private static final long serialVersionUID = 1L;

        AddressRefused() {
            super("the database has an address inside a private or reserved range");
        }
    }

    private static final class Guarded extends Socket {

        private final Guard guard;

        Guarded(Guard guard) {
            this.guard = guard;
        }

        @Override
        public void connect(SocketAddress to, int timeoutMillis) throws IOException {
            InetAddress address = to instanceof InetSocketAddress internet ? internet.getAddress() : null;
            if (address != null && !guard.lets(address)) {
                throw new AddressRefused();
            }
            super.connect(to, timeoutMillis);
        }
    }
}
