package io.leat.app;

import io.leat.app.cli.LeatCommand;
import io.leat.app.cli.StopSignal;
import io.leat.app.cli.Surroundings;
import io.leat.app.exit.Exit;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jline.utils.Signals;

/** The process: the only place that knows its environment, clock, streams, signals and exit code. */
public final class Leat {

    private static final int OUT_BUFFER = 1 << 16;

    private Leat() {}

    /** Runs one command. */
    public static void main(String[] args) {
        StopSignal stop = new StopSignal();
        Signals.register("INT", () -> interrupted(stop));
        Signals.register("TERM", () -> stop.ask(Exit.TERMINATED));
        PrintStream out = new PrintStream(
                new java.io.BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUT_BUFFER),
                false,
                StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Surroundings around = new Surroundings(out, err, System::getenv, InstantSource.system(), Leat::logTo, stop);
        int code = LeatCommand.commandLine(around).execute(args);
        out.flush();
        err.flush();
        Runtime.getRuntime().halt(code);
    }

    /** A second Ctrl-C does not wait. */
    private static void interrupted(StopSignal stop) {
        if (!stop.ask(Exit.OK)) {
            Runtime.getRuntime().halt(Exit.INTERRUPTED.code());
        }
    }

    /** Has to come before the first logger is made. */
    private static void logTo(Path file) {
        System.setProperty("leat.log", file.toString());
        System.setProperty("log4j2.configurationFile", "leat-log.xml");
    }
}
