package io.leat.app.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/** Brokers that are not as Leat would have them: where rights are kept, or that are as an older one would be. */
public final class GuardedKafka {

    /** Who may do nothing but what is granted. */
    public static final String CLIENT = "leat";

    private GuardedKafka() {}

    /**
     * A broker that keeps rights.
     *
     * @param kafka as whoever may do anything reaches it
     * @param guarded where {@link #CLIENT} reaches it
     */
    public record Guarded(EmbeddedKafka kafka, String guarded) implements AutoCloseable {

        /** Settings of a client that is nobody else. */
        public static Map<String, String> client() {
            return Map.of(
                    "security.protocol", "SASL_PLAINTEXT",
                    "sasl.mechanism", "PLAIN",
                    "sasl.jaas.config",
                            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + CLIENT
                                    + "\" password=\"p\";");
        }

        @Override
        public void close() {
            kafka.close();
        }
    }

    /** Starts a broker with a second listener, whose clients need rights. */
    public static Guarded withRights(DataDirectory data) {
        int port = FreePort.find();
        int guarded = FreePort.find();
        int controller = FreePort.find();
        String host = BrokerSettings.HOST;
        EmbeddedKafka kafka = EmbeddedKafka.start(
                data,
                port,
                Map.of(
                        "controller.quorum.voters",
                        BrokerSettings.NODE + "@" + host + ":" + controller,
                        "listeners",
                        "PLAINTEXT://%s:%s,GUARDED://%s:%s,CONTROLLER://%s:%s"
                                .formatted(host, port, host, guarded, host, controller),
                        "advertised.listeners",
                        "PLAINTEXT://%s:%s,GUARDED://%s:%s".formatted(host, port, host, guarded),
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,GUARDED:SASL_PLAINTEXT",
                        "sasl.enabled.mechanisms",
                        "PLAIN",
                        "listener.name.guarded.plain.sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required user_" + CLIENT + "=\"p\";",
                        "authorizer.class.name",
                        "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        "super.users",
                        "User:ANONYMOUS"));
        return new Guarded(kafka, host + ":" + guarded);
    }

    /** Starts a broker in whose cluster nobody has raised transaction.version. */
    public static EmbeddedKafka withOldTransactions(DataDirectory data) throws IOException {
        Path dir = data.kafka().toAbsolutePath();
        Files.createDirectories(dir);
        try (PrintStream unread = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(unread)
                    .setNodeId(BrokerSettings.NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(dir.toString()))
                    .setMetadataLogDirectory(dir.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setFeatureLevel("transaction.version", (short) 1)
                    .setIgnoreFormatted(true)
                    .setHasDynamicQuorum(false)
                    .run();
        } catch (Exception e) {
            throw new IOException(e);
        }
        return EmbeddedKafka.start(data, 0);
    }
}
