package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.status.StatusText;
import io.leat.core.Feed;
import java.util.concurrent.Callable;
import org.jline.utils.AttributedString;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code leat status}: how a feed stands now. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Says how a feed stands: its job, sites, sinks and open alerts, as the processes that run it tell.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private GivenFeed given;

    @Mixin
    private ProcessOptions processes;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    private final Surroundings around;

    StatusCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Feed feed = FeedArgument.read(given.file(), around, new Speech(around, json));
        if (feed == null) {
            return FeedArgument.wrong();
        }
        ObjectNode status = ProcessOptions.status(processes.processes(around), feed.name());
        if (json) {
            around.out().println(status);
        } else {
            StatusText.lines(status, around.clock().millis()).stream()
                    .map(AttributedString::toString)
                    .forEach(line -> around.out().println(line.stripTrailing()));
        }
        around.out().flush();
        return Exit.OK.code();
    }
}
