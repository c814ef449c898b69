package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.panel.Screen;
import io.leat.app.status.Served;
import io.leat.app.status.StatusText;
import io.leat.core.Feed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code leat top}: how a feed stands, again and again. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description =
                "Shows how a feed stands and redraws it every second until Ctrl-C. Once the feed was seen, a process"
                        + " that does not answer for a while ends nothing: what was last known is shown, and how old it is.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TopCommand implements Callable<Integer> {

    private static final Duration EVERY = Duration.ofSeconds(1);

    @Mixin
    private GivenFeed given;

    @Mixin
    private ProcessOptions processes;

    @Option(names = "--json", description = "Print one JSON object a second, each on a line of its own.")
    private boolean json;

    private final Surroundings around;

    TopCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Feed feed = FeedArgument.read(given.file(), around, new Speech(around, json));
        if (feed == null) {
            return FeedArgument.wrong();
        }
        List<Served> asked = processes.processes(around);
        ObjectNode first = ProcessOptions.status(asked, feed.name());
        try (Screen screen = json ? null : Screen.open(around.colours()).orElse(null)) {
            show(first, screen);
            ObjectNode known = first;
            while (around.stop().asked() == null) {
                around.stop().await(EVERY);
                ObjectNode now = around.stop().asked() == null ? ask(asked, feed.name()) : null;
                known = now == null ? known : now;
                if (screen != null || now != null) {
                    show(known, screen);
                }
            }
        }
        Exit asking = around.stop().asked();
        return (asking == null ? Exit.OK : asking).code();
    }

    private static @Nullable ObjectNode ask(List<Served> asked, String feed) {
        try {
            return ProcessOptions.status(asked, feed);
        } catch (Failure silent) {
            return null;
        }
    }

    private void show(ObjectNode status, @Nullable Screen screen) {
        long now = around.clock().millis();
        if (screen != null) {
            screen.draw((columns, rows) -> StatusText.lines(status, now, columns, rows));
        } else if (json) {
            around.out().println(status);
        } else {
            StatusText.lines(status, now)
                    .forEach(line -> around.out().println(line.toString().stripTrailing()));
        }
        around.out().flush();
    }
}
