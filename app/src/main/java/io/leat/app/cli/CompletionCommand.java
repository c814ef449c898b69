package io.leat.app.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code leat completion}: lets a shell complete commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a script that lets bash or zsh complete commands and options: source <(leat completion)")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CompletionCommand implements Runnable {

    @Parameters(paramLabel = "SHELL", arity = "0..1", description = "bash or zsh: the script is the same for both.")
    @SuppressWarnings("UnusedVariable") // it is taken because other commands want one
    private Shell shell = Shell.BASH;

    @Spec
    private CommandSpec spec;

    private final Surroundings around;

    /** Whose completion there is a script for. */
    private enum Shell {
        BASH,
        ZSH
    }

    CompletionCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public void run() {
        around.out().print(AutoComplete.bash("leat", spec.root().commandLine()));
        around.out().flush();
    }
}
