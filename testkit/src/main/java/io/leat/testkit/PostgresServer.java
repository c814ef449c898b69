package io.leat.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Postgres of a test's own that keeps what it has committed, and can be killed and started again over its files. */
public final class PostgresServer implements AutoCloseable {

    private static final Duration GONE_WITHIN = Duration.ofSeconds(30);
    private static final int MOST_STARTS = 10;

    private final Path data;
    private final String name;
    private EmbeddedPostgres server;

    private PostgresServer(Path data, String name, EmbeddedPostgres server) {
        this.data = data;
        this.name = name;
        this.server = server;
    }

    /**
     * Starts one with an empty database; {@code null}, with a line that says so, where the server does not run.
     *
     * @param data a directory that is not there yet
     */
    public static @Nullable PostgresServer start(Path data, String test) throws SQLException {
        try {
            EmbeddedPostgres server = start(data, 0);
            new TestPostgres(server.getPort(), TestPostgres.USER).run("CREATE DATABASE killed");
            return new PostgresServer(data, "killed", server);
        } catch (IOException | IllegalStateException e) {
            System.out.printf("%s is skipped: Postgres does not run here: %s%n", test, e);
            return null;
        }
    }

    private static EmbeddedPostgres start(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("max_connections", "200")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    /** Its database, at an address that stays. */
    public TestPostgres database() {
        return new TestPostgres(server.getPort(), name);
    }

    /** SIGKILL to the postmaster and to each process of it, and a start over the same files. */
    public void killAndRestart() {
        try {
            kill();
            int port = server.getPort();
            server.close(); // there is nobody to be ended: lets go of the lock
            server = again(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void kill() throws IOException {
        List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
        Optional<ProcessHandle> postmaster =
                ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
        List<ProcessHandle> all = postmaster.stream()
                .flatMap(each -> Stream.concat(Stream.of(each), each.descendants()))
                .toList();
        if (all.isEmpty()) {
            throw new IllegalStateException("there is no postmaster to kill");
        }
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle each : all) {
            try {
                each.onExit().get(GONE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException("process " + each.pid() + " of Postgres does not end", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    /** One that was begotten while the others were killed ends by itself; until then the files are in use. */
    private EmbeddedPostgres again(int port) throws IOException {
        IOException last = null;
        for (int i = 0; i < MOST_STARTS; i++) {
            try {
                return start(data, port);
            } catch (IOException | IllegalStateException e) {
                last = new IOException("Postgres does not start again", e);
            }
        }
        throw last == null ? new IOException("not tried") : last;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
