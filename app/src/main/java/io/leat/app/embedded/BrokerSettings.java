package io.leat.app.embedded;

import java.nio.file.Path;
import java.util.Properties;

/** The settings of a broker that is alone, serves this machine only and has to start and stop quickly. */
final class BrokerSettings {

    static final String HOST = "127.0.0.1";
    static final int NODE = 1;

    private BrokerSettings() {}

    static Properties of(Path dir, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE));
        settings.put("controller.quorum.voters", NODE + "@" + HOST + ":" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("listeners", "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("log.dirs", dir.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("message.max.bytes", Integer.toString(8 << 20));
        alone(settings);
        quick(settings);
        return settings;
    }

    private static void alone(Properties settings) {
        for (String log : new String[] {"transaction.state.log", "share.coordinator.state.topic"}) {
            settings.put(log + ".replication.factor", "1");
            settings.put(log + ".min.isr", "1");
        }
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "2");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
    }

    /** A killed broker counts as alive until its session ends: so long must the next start wait. */
    private static void quick(Properties settings) {
        settings.put("add.partitions.to.txn.retry.backoff.ms", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("controller.quorum.election.timeout.ms", "100");
        settings.put("controller.quorum.election.backoff.max.ms", "50");
        settings.put("controller.quorum.request.timeout.ms", "1000");
        settings.put("initial.broker.registration.timeout.ms", "60000");
        settings.put("broker.heartbeat.interval.ms", "200");
        settings.put("broker.session.timeout.ms", "3000");
    }
}
