package io.leat.app.guarantee;

import io.leat.app.embedded.FreePort;
import io.leat.app.process.QuickStart;
import io.leat.testkit.OsProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** A broker in a process of its own, which can be killed and started again at the same address. */
public final class ExternalBroker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern SERVES = Pattern.compile("BROKER (\\S+)");

    private final BiFunction<String, List<String>, OsProcess> java;
    private final Path data;
    private final int port;
    private OsProcess process;

    ExternalBroker(CrashRig rig) {
        this(rig.dir.resolve("broker"), rig::java);
    }

    /** @param data where its log is; what it says lies beside */
    public ExternalBroker(Path data) {
        this(
                data,
                (main, args) -> OsProcess.java(
                        data.resolveSibling(data.getFileName() + "-" + System.nanoTime() + ".out"),
                        QuickStart.options(),
                        main,
                        args));
    }

    private ExternalBroker(Path data, BiFunction<String, List<String>, OsProcess> java) {
        this.java = java;
        this.data = data;
        this.port = FreePort.find();
        this.process = start();
    }

    /** Its address, for as long as there is one. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** Kills it and starts it again. */
    public void killAndRestart() {
        kill();
        restart();
    }

    /** Kills it. */
    public void kill() {
        process.kill9();
        process.awaitExit(PATIENCE);
        process.close();
    }

    /** Starts one that was killed. */
    public void restart() {
        process = start();
    }

    /** Has it stand still: it takes connections and says nothing. */
    public void hold() {
        process.stop();
    }

    /** Lets it go on. */
    public void goOn() {
        process.cont();
    }

    private OsProcess start() {
        OsProcess broker = java.apply(BrokerMain.class.getName(), List.of(data.toString(), Integer.toString(port)));
        broker.awaitLine(SERVES, PATIENCE);
        return broker;
    }

    @Override
    public void close() {
        process.close();
    }
}
