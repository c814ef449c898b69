package io.leat.app.cli;

import io.leat.app.dlq.Letter;
import io.leat.app.dlq.LetterJson;
import io.leat.app.dlq.Letters;
import io.leat.app.embedded.Broker;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.log.SafeText;
import io.leat.core.Feed;
import io.leat.format.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code leat dlq show}: one letter whole. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one refused scrape whole.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DlqShowCommand implements Callable<Integer> {

    @Mixin
    private DlqOptions options;

    @Parameters(
            index = "1",
            paramLabel = "ID",
            description = "The letter's id, or where the scrape stands: 3-57 is partition 3, offset 57.")
    private String id;

    private final Surroundings around;

    DlqShowCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        return options.with(around, this::show);
    }

    private Exit show(Feed feed, Broker broker) {
        List<Letter> found = new ArrayList<>();
        new Letters(broker, Topics.of(feed).deadLetters()).forEach(options.filter(feed, id), found::add);
        if (found.isEmpty()) {
            throw Failure.runtime(
                    "LEAT-433",
                    "There is no dead letter '%s'.".formatted(id),
                    "'leat dlq export' prints the ids of all; those that were sent again are gone.");
        }
        found.forEach(this::show);
        around.out().flush();
        return Exit.OK;
    }

    private void show(Letter letter) {
        if (options.isJson()) {
            new Speech(around, true).object(LetterJson.members(letter));
            return;
        }
        line("id", letter.id());
        line("scrape", letter.origin());
        line("taken", letter.at().toString());
        line("code", letter.code());
        line("field", letter.field());
        line("reason", letter.message());
        line("contract", letter.contract());
        line("value", value(letter.value()));
    }

    private static String value(byte @Nullable [] bytes) {
        if (bytes == null) {
            return "(none)";
        }
        String text = LetterJson.text(bytes);
        return text == null ? "(%s bytes that are not UTF-8)".formatted(bytes.length) : text;
    }

    private void line(String name, String value) {
        around.out().println("%-9s %s".formatted(name, value.isEmpty() ? "-" : SafeText.of(value)));
    }
}
