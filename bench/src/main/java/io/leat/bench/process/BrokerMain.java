package io.leat.bench.process;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/** A Kafka broker with its controller, alone and on this machine only. Says {@code READY host:port} and stays. */
public final class BrokerMain {

    private static final String HOST = "127.0.0.1";

    private BrokerMain() {}

    /**
     * Runs until it is killed.
     *
     * @param args an empty directory and the value of {@code add.partitions.to.txn.retry.backoff.ms}
     */
    @SuppressWarnings({"SystemOut", "FutureReturnValueIgnored"}) // the one who started this reads it
    public static void main(String[] args) throws Exception {
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit()
                .thenRun(() -> Runtime.getRuntime().halt(1)));
        Path directory = Files.createDirectories(Path.of(args[0]));
        int port = freePort();
        new Formatter()
                .setPrintStream(System.out)
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setDirectories(List.of(directory.toString()))
                .setMetadataLogDirectory(directory.toString())
                .setControllerListenerName("CONTROLLER")
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setIgnoreFormatted(true)
                .setHasDynamicQuorum(false)
                .run();
        new KafkaRaftServer(KafkaConfig.fromProps(settings(directory, port, freePort(), args[1])), Time.SYSTEM)
                .startup();
        System.out.println("READY " + HOST + ":" + port);
    }

    /** What differs from Kafka's defaults, but for addresses and paths; told with each result. */
    public static Map<String, String> differences(String addPartitionsBackoffMillis) {
        return Map.of(
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "offsets.topic.replication.factor", "1",
                "group.initial.rebalance.delay.ms", "0",
                "log.segment.delete.delay.ms", "1000",
                "auto.create.topics.enable", "false",
                "add.partitions.to.txn.retry.backoff.ms", addPartitionsBackoffMillis);
    }

    private static Properties settings(Path directory, int port, int controllerPort, String backoffMillis) {
        Properties settings = new Properties();
        settings.putAll(differences(backoffMillis));
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@" + HOST + ":" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("listeners", "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("log.dirs", directory.toString());
        return settings;
    }

    private static int freePort() throws java.io.IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }
}
