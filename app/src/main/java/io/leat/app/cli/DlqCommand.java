package io.leat.app.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code leat dlq}: refused scrapes. */
@Command(
        name = "dlq",
        mixinStandardHelpOptions = true,
        description = "Lists, shows, exports and sends again the scrapes that were refused.",
        synopsisSubcommandLabel = "COMMAND")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DlqCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** With its parts. */
    static CommandLine commandLine(Surroundings around) {
        return new CommandLine(new DlqCommand())
                .addSubcommand(new DlqListCommand(around))
                .addSubcommand(new DlqShowCommand(around))
                .addSubcommand(new DlqExportCommand(around))
                .addSubcommand(new DlqRedriveCommand(around));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
