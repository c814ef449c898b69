package io.leat.app.sinks;

import io.leat.testkit.OsProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** A store that speaks S3, in a process of its own and with a class path of its own; its bucket is {@code bucket}. */
public final class ObjectStoreProcess implements AutoCloseable {

    /** Who may write there. */
    public static final String LOGIN = "access_key: who, secret_key: proof";

    private static final Path DELIVERY =
            Path.of("..").toAbsolutePath().normalize().resolve("delivery").resolve("target");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern SERVES = Pattern.compile("STORE (\\d+)");

    private final Path directory;
    private final String classPath;
    private final int port;
    private OsProcess process;

    /** Starts it. */
    public ObjectStoreProcess(Path directory) throws IOException {
        this.directory = directory;
        this.classPath = DELIVERY.resolve("test-classes") + ":"
                + Files.readString(DELIVERY.resolve("store.class.path"), StandardCharsets.UTF_8)
                        .strip();
        this.process = start(0);
        this.port = awaitPort();
    }

    private OsProcess start(int at) {
        return OsProcess.java(
                directory.resolveSibling(directory.getFileName() + "-" + System.nanoTime() + ".out"),
                List.of("-Xmx256m", "-cp", classPath),
                "io.leat.delivery.files.BucketMain",
                List.of(directory.toString(), Integer.toString(at)));
    }

    private int awaitPort() {
        return Integer.parseInt(process.awaitLine(SERVES, PATIENCE).group(1));
    }

    /** Kills it and starts it again over the same files, at the same address. */
    public void killAndRestart() {
        process.close();
        process = start(port);
        awaitPort();
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** Where the objects of a prefix lie, as files. */
    public Path objects(String prefix) {
        return directory.resolve("bucket").resolve(prefix);
    }

    /** The process. */
    public OsProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
