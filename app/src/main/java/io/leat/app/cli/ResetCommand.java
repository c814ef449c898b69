package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.log.KeyReset;
import io.leat.core.Feed;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat reset}: makes a key forget what it knows. */
@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        description =
                "Makes a key forget what it knows, such as a value from a clock that ran ahead. Its next scrape is told.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ResetCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FEED.yaml", description = "The feed file.")
    private Path file;

    @Parameters(paramLabel = "KEY", description = "The key as 'leat changes --json' shows it: '[\"amazon\",\"B00X\"]'.")
    private String key;

    @Option(names = "--json", description = "Print what went wrong as JSON.")
    private boolean json;

    @Mixin
    private BrokerOptions broker;

    private final Surroundings around;

    ResetCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Feed feed = FeedArgument.read(file, around, new Speech(around, json));
        if (feed == null) {
            return FeedArgument.wrong();
        }
        return broker.with(feed, found -> {
            if (!KeyReset.write(found, feed, key)) {
                throw new Failure(
                        Exit.FEED_FILE,
                        "LEAT-417",
                        "No change of key %s is in the log.".formatted(key),
                        "Write the key as 'leat changes --json' shows it, a JSON list.");
            }
            around.notice("reset " + key);
            return Exit.OK.code();
        });
    }
}
