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

    /** Whether colours are wanted: see no-color.org. */
    public boolean colours() {
        String refused = env.apply("NO_COLOR");
        return refused == null || refused.isEmpty();
    }
}
