package io.leat.app.process;

import io.leat.app.cli.LeatCommand;
import io.leat.app.cli.LogFile;
import io.leat.app.cli.StopSignal;
import io.leat.app.cli.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import picocli.CommandLine;

/** The leat command within this process: no variable is set, and nobody stops it. */
public final class Cli {

    private Cli() {}

    /**
     * How a command ended.
     *
     * @param out results
     * @param err progress and problems
     */
    public record Said(int exit, String out, String err) {}

    /** Runs a command to its end. */
    public static Said run(String... line) {
        return runAt(InstantSource.system(), line);
    }

    /** The same by a clock of the caller's. */
    public static Said runAt(InstantSource clock, String... line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = line(out, err, clock).execute(line);
        return new Said(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** All commands and their options, to be looked at. */
    public static CommandLine line() {
        return line(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), InstantSource.system());
    }

    private static CommandLine line(OutputStream out, OutputStream err, InstantSource clock) {
        return LeatCommand.commandLine(new Surroundings(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                name -> null,
                clock,
                new LogFile((log, asJson) -> {}, null),
                new StopSignal()));
    }
}
