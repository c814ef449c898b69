package io.leat.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A database of its own in a real Postgres that all tests of a process share, or in one that runs already on the loopback:
 * {@code -Dleat.postgres.port}. Thread-safe.
 */
public final class TestPostgres {

    /** Who may do everything; no password is asked for. */
    public static final String USER = "postgres";

    /** Whether it waits for its disk, as servers do; tests that kill no server have no need of that. */
    private static final String DURABLE = Boolean.getBoolean("leat.postgres.durable") ? "on" : "off";

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;
    private static boolean absent;

    private final int port;
    private final String name;

    TestPostgres(int port, String name) {
        this.port = port;
        this.name = name;
    }

    /** A fresh database; {@code null}, with a line that says so, where the server does not run. */
    public static @Nullable TestPostgres fresh(String test) throws SQLException {
        Integer port = Integer.getInteger("leat.postgres.port");
        EmbeddedPostgres started = port == null ? server() : null;
        if (started == null && port == null) {
            System.out.printf("%s is skipped: Postgres does not run here%n", test);
            return null;
        }
        int running = started == null ? port : started.getPort();
        String name = "db" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        new TestPostgres(running, USER).run("CREATE DATABASE " + name);
        return new TestPostgres(running, name);
    }

    private static synchronized @Nullable EmbeddedPostgres server() {
        if (server == null && !absent) {
            try {
                EmbeddedPostgres started = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("fsync", DURABLE)
                        .setServerConfig("synchronous_commit", DURABLE)
                        .start();
                server = started;
                Runtime.getRuntime().addShutdownHook(new Thread(() -> close(started)));
            } catch (IOException | IllegalStateException e) {
                System.out.printf("Postgres does not run here: %s%n", e);
                absent = true;
            }
        }
        return server;
    }

    private static void close(EmbeddedPostgres started) {
        try {
            started.close();
        } catch (IOException e) {
            System.out.printf("Postgres is not ended: %s%n", e);
        }
    }

    /** The port of the server on the loopback. */
    public int port() {
        return port;
    }

    /** Its address, without a user. */
    public String url() {
        return url(port);
    }

    /** Its address by way of another port. */
    public String url(int otherPort) {
        return "postgresql://127.0.0.1:" + otherPort + "/" + name;
    }

    /** A connection for everything. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:" + url() + "?user=" + USER);
    }

    /** Runs statements. */
    public void run(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The rows of a query, the values of each joined by a bar. */
    public List<String> rows(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            int width = found.getMetaData().getColumnCount();
            while (found.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= width; i++) {
                    row.append(i == 1 ? "" : "|").append(found.getString(i));
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }
}
