package io.leat.app.webhook;

import io.leat.app.cli.LeatCommand;
import io.leat.app.cli.StopSignal;
import io.leat.app.cli.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/** The leat command within this process. */
final class Cli {

    private Cli() {}

    record Said(int exit, String out, String err) {}

    static Said run(List<String> line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings around = new Surroundings(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                name -> null,
                InstantSource.system(),
                file -> {},
                new StopSignal());
        int exit = LeatCommand.commandLine(around).execute(line.toArray(new String[0]));
        return new Said(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
