package io.leat.app;

import io.leat.app.cli.LeatCommand;
import io.leat.app.cli.LogFile;
import io.leat.app.cli.StopSignal;
import io.leat.app.cli.Surroundings;
import io.leat.app.exit.Exit;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import org.jline.utils.Signals;

/** The process: the only place that knows its environment, clock, streams, signals and exit code. */
public final class Leat {

    private static final int OUT_BUFFER = 1 << 16;
    private static final String LINE = "%d{ISO8601} %-5p %c{1.} [%t] %m%n";
    private static final String JSON_LINE =
            "{\"at\":\"%d{yyyy-MM-dd'T'HH:mm:ss.SSS}{UTC}Z\",\"level\":\"%p\",\"logger\":\"%c\","
                    + "\"thread\":\"%enc{%t}{JSON}\",\"message\":\"%enc{%m}{JSON}\",\"error\":\"%enc{%ex}{JSON}\"}%n";

    private Leat() {}

    /** Runs one command. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT); // Kafka, Flink and others ask for it; nothing they do may depend on the machine
        StopSignal stop = new StopSignal();
        Signals.register("INT", () -> end(stop, Exit.OK, Exit.INTERRUPTED));
        Signals.register("TERM", () -> end(stop, Exit.TERMINATED, Exit.TERMINATED));
        PrintStream out = new PrintStream(
                new java.io.BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUT_BUFFER),
                false,
                StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Surroundings around = new Surroundings(
                out,
                err,
                System::getenv,
                InstantSource.system(),
                new LogFile(Leat::logTo, System.getenv(LogFile.FORMAT)),
                stop);
        int code = LeatCommand.commandLine(around).execute(args);
        out.flush();
        err.flush();
        Runtime.getRuntime().halt(code);
    }

    /** In good order the first time; a second time, and where the command does not listen, at once. */
    private static void end(StopSignal stop, Exit inOrder, Exit atOnce) {
        if (!stop.ask(inOrder) || !stop.isHeeded()) {
            Runtime.getRuntime().halt(atOnce.code());
        }
    }

    /** Has to come before the first logger is made. */
    private static void logTo(Path file, boolean asJson) {
        System.setProperty("leat.log", file.toString());
        System.setProperty("leat.log.line", asJson ? JSON_LINE : LINE);
        System.setProperty("leat.log.traces", Boolean.toString(!asJson));
        System.setProperty("log4j2.configurationFile", "leat-log.xml");
    }
}
