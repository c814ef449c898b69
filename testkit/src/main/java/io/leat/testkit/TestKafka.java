package io.leat.testkit;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A real broker in this process. Who starts one needs {@code kafka_2.13} on its class path: it does not come along. */
public final class TestKafka implements AutoCloseable {

    private final KafkaRaftServer server;
    private final String bootstrap;
    private final String cluster;
    private final int controller;

    /** Starts one in an empty directory. */
    public TestKafka(Path folder) throws Exception {
        this(folder, Map.of());
    }

    /**
     * Starts one.
     *
     * @param folder empty, or of one that was closed
     * @param more settings on top
     */
    public TestKafka(Path folder, Map<String, String> more) throws Exception {
        this(folder, freePort(), Uuid.randomUuid().toString(), 1, freePort(), more);
    }

    private TestKafka(Path folder, int port, String cluster, int node, int controller, Map<String, String> more)
            throws Exception {
        this.bootstrap = "127.0.0.1:" + port;
        this.cluster = cluster;
        this.controller = controller;
        boolean first = node == 1;
        String listeners = "PLAINTEXT://" + bootstrap;
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles",
                first ? "broker,controller" : "broker",
                "node.id",
                Integer.toString(node),
                "controller.quorum.voters",
                "1@127.0.0.1:" + controller,
                "controller.listener.names",
                "CONTROLLER",
                "listeners",
                first ? listeners + ",CONTROLLER://127.0.0.1:" + controller : listeners,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs",
                folder.toString(),
                "offsets.topic.replication.factor",
                "1",
                "transaction.state.log.replication.factor",
                "1",
                "transaction.state.log.min.isr",
                "1"));
        settings.put("controller.quorum.election.timeout.ms", "100");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
        more.forEach((name, value) -> settings.put(name, value.replace("{port}", Integer.toString(port))));
        new Formatter()
                .setClusterId(cluster)
                .setNodeId(node)
                .setDirectories(java.util.List.of(folder.toString()))
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(folder.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setIgnoreFormatted(true)
                .setPrintStream(new PrintStream(java.io.OutputStream.nullOutputStream()))
                .run();
        server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
        server.startup();
    }

    /**
     * Starts another broker of its cluster, which is led by this one.
     *
     * @param folder empty, or of one that was closed
     * @param node its id, above 1
     */
    public TestKafka another(Path folder, int node, Map<String, String> more) throws Exception {
        return new TestKafka(folder, freePort(), cluster, node, controller, more);
    }

    /** Its address. */
    public String bootstrap() {
        return bootstrap;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
