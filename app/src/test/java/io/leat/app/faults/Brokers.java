package io.leat.app.faults;

import io.leat.app.embedded.FreePort;
import io.leat.app.process.QuickStart;
import io.leat.testkit.OsProcess;
import io.leat.testkit.Weather;
import io.leat.testkit.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * Three brokers with their controllers, each a process of its own on the loopback. Every topic has three replicas, two of which must
 * have a record before it is acknowledged. Each {@link Link} has a {@link Wire} of its own to each broker.
 */
final class Brokers implements AutoCloseable {

    static final int COUNT = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern SERVES = Pattern.compile("BROKER \\d");

    private final Path dir;
    private final String cluster = Uuid.randomUuid().toString();
    private final int[] direct = ports();
    private final int[] controllers = ports();
    private final List<Map<Link, Wire>> wires = new ArrayList<>();
    private final List<OsProcess> processes = new ArrayList<>();
    private int started;

    Brokers(Path dir) throws IOException {
        this.dir = Files.createDirectories(dir);
        for (int i = 0; i < COUNT; i++) {
            settings(i);
            processes.add(launch(i));
        }
        processes.forEach(each -> each.awaitLine(SERVES, PATIENCE));
    }

    private static int[] ports() {
        return IntStream.range(0, COUNT).map(i -> FreePort.find()).toArray();
    }

    /** Where the judge begins. */
    String bootstrap() {
        return IntStream.of(direct).mapToObj(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /** Where those on a link begin. */
    String bootstrap(Link link) {
        return wires.stream()
                .map(each -> "127.0.0.1:" + wire(each, link).port())
                .collect(Collectors.joining(","));
    }

    /** The way of a link to one broker. */
    Wire wire(Link link, int broker) {
        return wire(wires.get(broker), link);
    }

    private static Wire wire(Map<Link, Wire> ofBroker, Link link) {
        Wire wire = ofBroker.get(link);
        if (wire == null) {
            throw new IllegalStateException("no wire for " + link);
        }
        return wire;
    }

    /** Changes the weather on all ways of a link. */
    void weather(Link link, Weather weather) {
        wires.forEach(each -> wire(each, link).be(weather));
    }

    /** SIGKILL. */
    void kill(int broker) {
        processes.get(broker).kill9();
        processes.get(broker).close();
    }

    /** Starts one that was killed, and waits until it serves. */
    void restart(int broker) {
        processes.set(broker, launch(broker));
        processes.get(broker).awaitLine(SERVES, PATIENCE);
    }

    /** Where a broker keeps its logs. */
    Path data(int broker) {
        return dir.resolve("broker-" + broker);
    }

    List<OsProcess> processes() {
        return processes;
    }

    private OsProcess launch(int broker) {
        List<String> options = new ArrayList<>(QuickStart.options());
        options.add("-Xmx256m");
        return OsProcess.java(
                dir.resolve("broker-%d-%03d.out".formatted(broker, started++)),
                options,
                BrokerNode.class.getName(),
                List.of(dir.resolve(broker + ".properties").toString(), cluster));
    }

    private void settings(int broker) throws IOException {
        StringBuilder listeners = new StringBuilder(
                "CONTROLLER://127.0.0.1:%d,DIRECT://127.0.0.1:%d".formatted(controllers[broker], direct[broker]));
        StringBuilder advertised = new StringBuilder("DIRECT://127.0.0.1:" + direct[broker]);
        StringBuilder protocols = new StringBuilder("CONTROLLER:PLAINTEXT,DIRECT:PLAINTEXT");
        Map<Link, Wire> ofBroker = new EnumMap<>(Link.class);
        for (Link link : Link.values()) {
            int port = FreePort.find();
            Wire wire = new Wire(FreePort.find(), port);
            ofBroker.put(link, wire);
            listeners.append(",%s://127.0.0.1:%d".formatted(link, port));
            advertised.append(",%s://127.0.0.1:%d".formatted(link, wire.port()));
            protocols.append(",%s:PLAINTEXT".formatted(link));
        }
        wires.add(ofBroker);
        Properties settings = new Properties();
        settings.putAll(shared());
        settings.put("node.id", Integer.toString(broker + 1));
        settings.put("listeners", listeners.toString());
        settings.put("advertised.listeners", advertised.toString());
        settings.put("listener.security.protocol.map", protocols.toString());
        settings.put("log.dirs", data(broker).toString());
        try (Writer out = Files.newBufferedWriter(dir.resolve(broker + ".properties"))) {
            settings.store(out, null);
        }
    }

    private Map<String, String> shared() {
        String voters = IntStream.range(0, COUNT)
                .mapToObj(i -> "%d@127.0.0.1:%d".formatted(i + 1, controllers[i]))
                .collect(Collectors.joining(","));
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("controller.quorum.voters", voters),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("inter.broker.listener.name", "DIRECT"),
                Map.entry("default.replication.factor", "3"),
                Map.entry("min.insync.replicas", "2"),
                Map.entry("offsets.topic.replication.factor", "3"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "3"),
                Map.entry("transaction.state.log.min.isr", "2"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("message.max.bytes", Integer.toString(8 << 20)),
                Map.entry("broker.heartbeat.interval.ms", "500"),
                Map.entry("broker.session.timeout.ms", "4000"),
                Map.entry("replica.lag.time.max.ms", "10000"),
                Map.entry("controller.quorum.election.timeout.ms", "500"),
                Map.entry("controller.quorum.fetch.timeout.ms", "2000"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20)));
    }

    @Override
    public void close() {
        processes.forEach(OsProcess::close);
        for (Map<Link, Wire> ofBroker : wires) {
            for (Wire wire : ofBroker.values()) {
                try {
                    wire.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
