package io.leat.app.cli;

import io.leat.app.dlq.LetterJson;
import io.leat.app.dlq.Letters;
import io.leat.app.embedded.Broker;
import io.leat.app.exit.Exit;
import io.leat.core.Feed;
import io.leat.format.Topics;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leat dlq export}: every letter as one line of JSON. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Prints refused scrapes with all that is known of them, one JSON object a line.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DlqExportCommand implements Callable<Integer> {

    @Mixin
    private DlqOptions options;

    private final Surroundings around;

    DlqExportCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        return options.with(around, this::export);
    }

    private Exit export(Feed feed, Broker broker) {
        Speech speech = new Speech(around, true);
        new Letters(broker, Topics.of(feed).deadLetters())
                .forEach(options.filter(feed, null), letter -> speech.object(LetterJson.members(letter)));
        return Exit.OK;
    }
}
