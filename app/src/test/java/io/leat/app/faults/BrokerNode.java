package io.leat.app.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** One of several brokers, in a process of its own: {@code SETTINGS CLUSTER}. Says {@code BROKER id} when it serves. */
public final class BrokerNode {

    private BrokerNode() {}

    /** Serves until the process is killed. */
    public static void main(String[] args) throws Exception {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(args[0]))) {
            settings.load(reader);
        }
        format(settings, args[1]);
        new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM).startup();
        System.out.println("BROKER " + settings.getProperty("node.id"));
        new CountDownLatch(1).await();
    }

    private static void format(Properties settings, String cluster) throws Exception {
        String dir = settings.getProperty("log.dirs");
        if (Files.exists(Path.of(dir, "meta.properties"))) {
            return;
        }
        try (PrintStream unread = new PrintStream(OutputStream.nullOutputStream())) {
            new Formatter()
                    .setPrintStream(unread)
                    .setClusterId(cluster)
                    .setNodeId(Integer.parseInt(settings.getProperty("node.id")))
                    .setDirectories(List.of(dir))
                    .setMetadataLogDirectory(dir)
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setIgnoreFormatted(true)
                    .run();
        } catch (IOException e) {
            throw new IllegalStateException("broker directory " + dir, e);
        }
    }
}
