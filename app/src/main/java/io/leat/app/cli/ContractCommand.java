package io.leat.app.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code leat contract}: contracts, tried and proposed. */
@Command(
        name = "contract",
        mixinStandardHelpOptions = true,
        description = "Tries contracts on records and proposes them. Changes nothing.",
        synopsisSubcommandLabel = "COMMAND")
final class ContractCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** The command with its parts. */
    static CommandLine commandLine(Surroundings around) {
        return new CommandLine(new ContractCommand())
                .addSubcommand(new ContractCheckCommand(around))
                .addSubcommand(new ContractInferCommand(around));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
