package io.leat.app.guarantee;

import io.leat.app.embedded.FreePort;
import io.leat.testkit.OsProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** A broker in a process of its own, which can be killed and started again at the same address. */
final class ExternalBroker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern SERVES = Pattern.compile("BROKER (\\S+)");

    private final CrashRig rig;
    private final Path data;
    private final int port;
    private OsProcess process;

    ExternalBroker(CrashRig rig) {
        this.rig = rig;
        this.data = rig.dir.resolve("broker");
        this.port = FreePort.find();
        this.process = start();
    }

    String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** Kills it and starts it again. */
    void killAndRestart() {
        process.kill9();
        process.awaitExit(PATIENCE);
        process.close();
        process = start();
    }

    private OsProcess start() {
        OsProcess broker = rig.java(BrokerMain.class.getName(), List.of(data.toString(), Integer.toString(port)));
        broker.awaitLine(SERVES, PATIENCE);
        return broker;
    }

    @Override
    public void close() {
        process.close();
    }
}
