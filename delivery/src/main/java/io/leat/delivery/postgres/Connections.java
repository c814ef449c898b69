package io.leat.delivery.postgres;

import io.leat.core.delivery.Postgres;
import io.leat.core.delivery.Secret;
import io.leat.delivery.batch.SinkCode;
import io.leat.delivery.batch.SinkRefusal;
import io.leat.delivery.guard.Guard;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Connections to databases, each lent to one lane for one batch and then to the next of the same login: so there are as many
 * as there are threads that write, however many sinks there are. Nothing of a session outlives a transaction, so poolers of
 * any kind may stand between. Thread-safe.
 */
public final class Connections implements AutoCloseable {

    private static final long ASKED_AFTER_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long CLOSED_AFTER_NANOS = Duration.ofSeconds(60).toNanos();
    private static final int VALID_WITHIN_SECONDS = 2;

    private final Patience patience;
    private final @Nullable GuardedSockets sockets;
    private final Map<Server, Deque<Idle>> idle = new HashMap<>();
    private final Set<Connection> lent = new HashSet<>();
    private boolean closed;

    private record Server(String url, Postgres.Login login) {}

    private record Idle(Connection connection, long sinceNanos) {}

    /** None yet; to any address. */
    public Connections() {
        this(Patience.USUAL);
    }

    Connections(Patience patience) {
        this(patience, null);
    }

    private Connections(Patience patience, @Nullable GuardedSockets sockets) {
        this.patience = patience;
        this.sockets = sockets;
    }

    /** None yet; to those addresses that a guard lets through. */
    public static Connections guarded(Guard guard) {
        return new Connections(Patience.USUAL, GuardedSockets.of(guard));
    }

    Patience patience() {
        return patience;
    }

    /**
     * One to the database of a sink, without a transaction. Waits for the database.
     *
     * @throws SinkRefusal if the guard does not let it through
     */
    Connection lend(Postgres sink) throws SQLException {
        Server server = new Server(sink.url(), sink.login());
        while (true) {
            Idle next = next(server);
            if (next == null) {
                return lent(connect(server));
            }
            boolean old = System.nanoTime() - next.sinceNanos() > ASKED_AFTER_NANOS;
            if (!old || next.connection().isValid(VALID_WITHIN_SECONDS)) {
                return lent(next.connection());
            }
            drop(next.connection());
        }
    }

    private synchronized @Nullable Idle next(Server server) {
        Deque<Idle> waiting = idle.get(server);
        return waiting == null ? null : waiting.pollLast();
    }

    private synchronized Connection lent(Connection connection) throws SQLException {
        lent.add(connection);
        if (closed) {
            drop(connection);
            throw new SQLException("closed");
        }
        return connection;
    }

    private Connection connect(Server server) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", server.login().user());
        Secret password = server.login().password();
        if (password != null) {
            properties.setProperty("password", password.text());
        }
        properties.setProperty("ApplicationName", "leat");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "10");
        properties.setProperty(
                "socketTimeout", Long.toString(Math.max(1, patience.silence().toSeconds())));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("logServerErrorDetail", "false");
        if (sockets != null) {
            properties.setProperty("socketFactory", GuardedSockets.class.getName());
            properties.setProperty("socketFactoryArg", sockets.name());
        }
        try {
            Connection connection = DriverManager.getConnection("jdbc:" + server.url(), properties);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            if (e.getCause() instanceof GuardedSockets.AddressRefused refused) {
                throw new SinkRefusal(SinkCode.ADDRESS_REFUSED, String.valueOf(refused.getMessage()));
            }
            throw e;
        }
    }

    /** Takes back one that has no transaction open, and closes those that nobody has wanted for long. */
    void giveBack(Postgres sink, Connection connection) {
        Deque<Connection> old = new ArrayDeque<>();
        synchronized (this) {
            long now = System.nanoTime();
            lent.remove(connection);
            if (closed) {
                old.add(connection);
            } else {
                idle.computeIfAbsent(new Server(sink.url(), sink.login()), server -> new ArrayDeque<>())
                        .addLast(new Idle(connection, now));
            }
            for (Deque<Idle> waiting : idle.values()) {
                while (!waiting.isEmpty() && now - waiting.peekFirst().sinceNanos() > CLOSED_AFTER_NANOS) {
                    old.add(waiting.removeFirst().connection());
                }
            }
            idle.values().removeIf(Deque::isEmpty);
        }
        old.forEach(this::drop);
    }

    /** Ends one of which nobody knows how it is. Does not wait. */
    void drop(Connection connection) {
        synchronized (this) {
            lent.remove(connection);
        }
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            throw new IllegalStateException("nothing was asked of it", e);
        }
    }

    /** Ends all of them, those that are lent too: whoever waits for one gets an error. */
    @Override
    public void close() {
        Deque<Connection> all = new ArrayDeque<>();
        synchronized (this) {
            closed = true;
            all.addAll(lent);
            idle.values().forEach(waiting -> waiting.forEach(one -> all.add(one.connection())));
            idle.clear();
        }
        all.forEach(this::drop);
        if (sockets != null) {
            sockets.forget();
        }
    }
}
