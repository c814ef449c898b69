package io.leat.app.cli;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the process gives to a command.
 *
 * @param out results
 * @param err progress and problems
 * @param env environment variables by name
 * @param clock the time
 * @param log where to log
 * @param stop when and how the command was asked to end
 */
public record Surroundings(
        PrintStream out,
        PrintStream err,
        UnaryOperator<@Nullable String> env,
        InstantSource clock,
        LogFile log,
        StopSignal stop) {

    /** The same with other variables. */
    Surroundings with(UnaryOperator<@Nullable String> variables) {
        return new Surroundings(out, err, variables, clock, log, stop);
    }

    /** Whether only results and failures are wanted: no progress, no warnings, nothing that is good to know. */
    public boolean isQuiet() {
        String wanted = env.apply("LEAT_QUIET");
        return wanted != null && !wanted.isEmpty();
    }

    /** Says what is good to know, beside the results. */
    void notice(String line) {
        if (!isQuiet()) {
            err.println(line);
        }
    }

    /** Whether colours are wanted: see no-color.org. */
    public boolean colours() {
        String refused = env.apply("NO_COLOR");
        return refused == null || refused.isEmpty();
    }
}
