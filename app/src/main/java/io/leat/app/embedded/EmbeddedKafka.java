package io.leat.app.embedded;

import io.leat.app.exit.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.Exit;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/**
 * A real Kafka broker and its controller in this process, for this machine only. Its log outlives the process, also one
 * that was killed.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private final KafkaRaftServer server;
    private final String bootstrap;
    private final Path endpoint;

    private final AtomicReference<Failure> failure;

    private EmbeddedKafka(KafkaRaftServer server, String bootstrap, Path endpoint, AtomicReference<Failure> failure) {
        this.server = server;
        this.bootstrap = bootstrap;
        this.endpoint = endpoint;
        this.failure = failure;
    }

    /**
     * Starts the broker and waits until it serves.
     *
     * @param data where its log is; held by the caller
     * @param port where it listens, 0 for any free port
     * @throws Failure if the port is taken or the log cannot be used
     */
    public static EmbeddedKafka start(DataDirectory data, int port) {
        return start(data, port, Map.of());
    }

    /** @param more settings of the broker on top */
    static EmbeddedKafka start(DataDirectory data, int port, Map<String, String> more) {
        int broker = port == 0 ? FreePort.find() : port;
        mustBeFree(broker);
        Path dir = data.kafka().toAbsolutePath();
        AtomicReference<Failure> failure = failures(dir);
        format(dir);
        Properties settings = BrokerSettings.of(dir, broker, FreePort.find());
        settings.putAll(more);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        String bootstrap = BrokerSettings.HOST + ":" + broker;
        try {
            server.startup();
            Path endpoint = DataDirectory.endpoint(data.path());
            write(endpoint, bootstrap);
            return new EmbeddedKafka(server, bootstrap, endpoint, failure);
        } catch (RuntimeException e) {
            server.shutdown();
            throw Failure.environment(
                            "LEAT-405",
                            "The Kafka broker did not start: %s.".formatted(e.getMessage()),
                            Failure.LOG_SAYS_MORE)
                    .because(e);
        }
    }

    /** The address clients start from. */
    public String bootstrap() {
        return bootstrap;
    }

    /** Why the broker has ended by itself, if it has. */
    public Optional<Failure> failed() {
        return Optional.ofNullable(failure.get());
    }

    /** A broker that cannot write ends its process on the spot: a sentence comes first. */
    private static AtomicReference<Failure> failures(Path dir) {
        AtomicReference<Failure> failure = new AtomicReference<>();
        Exit.Procedure say = (status, message) -> failure.compareAndSet(null, cannotWrite(dir));
        Exit.setExitProcedure(say);
        Exit.setHaltProcedure(say);
        return failure;
    }

    private static Failure cannotWrite(Path dir) {
        long free = dir.toFile().getUsableSpace();
        return Failure.runtime(
                "LEAT-419",
                String.format(
                        Locale.ROOT,
                        "The Kafka broker in this process cannot write to '%s' any more; %,d MB are free there.",
                        dir,
                        free >> 20),
                "Make room on the disk, or repair it. Nothing that was acknowledged is lost: the same command goes on"
                        + " where this one stopped.");
    }

    private static void format(Path dir) {
        if (Files.exists(dir.resolve("meta.properties"))) {
            return;
        }
        ByteArrayOutputStream unread = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(unread, true, StandardCharsets.UTF_8)) {
            Files.createDirectories(dir);
            new Formatter()
                    .setPrintStream(out)
                    .setNodeId(BrokerSettings.NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(dir.toString()))
                    .setMetadataLogDirectory(dir.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setIgnoreFormatted(true)
                    .setHasDynamicQuorum(false)
                    .run();
        } catch (Exception e) {
            throw Failure.environment(
                            "LEAT-406",
                            "The broker's directory '%s' cannot be prepared: %s.".formatted(dir, e.getMessage()),
                            "Give a directory you may write to with --data DIR.")
                    .because(e);
        }
    }

    private static void mustBeFree(int port) {
        if (!FreePort.isFree(port)) {
            throw Failure.environment(
                    "LEAT-404",
                    "Port %s on %s is in use.".formatted(port, BrokerSettings.HOST),
                    "Choose another with --port N, any free one with --port 0, or use the Kafka that is"
                            + " there with --kafka HOST:PORT.");
        }
    }

    private static void write(Path endpoint, String bootstrap) {
        try {
            Path draft = endpoint.resolveSibling("endpoint.draft");
            Files.writeString(draft, bootstrap + "\n" + ProcessHandle.current().pid() + "\n");
            Files.move(draft, endpoint, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(endpoint);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (failure.get() == null) { // one that has ended waits for answers that never come
                server.shutdown();
                server.awaitShutdown();
            }
        }
    }
}
