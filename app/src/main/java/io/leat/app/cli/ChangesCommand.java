package io.leat.app.cli;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.log.ChangeLog;
import io.leat.app.log.ChangeText;
import io.leat.core.Feed;
import io.leat.format.ChangeJson;
import io.leat.format.EventTimes;
import io.leat.format.Topics;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leat changes}: prints the change log. */
@Command(
        name = "changes",
        mixinStandardHelpOptions = true,
        description = "Prints the change log of a feed, whether it is running or not.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ChangesCommand implements Callable<Integer> {

    @Mixin
    private GivenFeed given;

    @Option(
            names = "--from",
            paramLabel = "WHERE",
            defaultValue = "earliest",
            description = "earliest (default), now, or a time such as 2026-02-07T17:22:01Z.")
    private String from;

    @Option(names = "--until-end", description = "Stop after the last change there is; default: go on as they come.")
    private boolean untilEnd;

    @Option(names = "--json", description = "Print the records of the log as they are, one JSON object a line.")
    private boolean json;

    @Mixin
    private BrokerOptions broker;

    private final Surroundings around;

    ChangesCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Feed feed = FeedArgument.read(given.file(), around, new Speech(around, json));
        if (feed == null) {
            return FeedArgument.wrong();
        }
        ChangeLog.Start start = start();
        return broker.with(feed, found -> print(found, feed, start));
    }

    private int print(Broker broker, Feed feed, ChangeLog.Start start) {
        ChangeText text = new ChangeText(feed);
        try (ChangeLog log = ChangeLog.open(broker, Topics.of(feed).changes(), start)) {
            while (!(untilEnd && log.isAtEnd())) {
                Exit asked = around.stop().asked();
                if (asked != null) {
                    return (untilEnd ? around.stop().cutShort() : asked).code();
                }
                for (byte[] change : log.poll(Duration.ofMillis(100))) {
                    if (json) {
                        around.out().write(change, 0, change.length);
                        around.out().write('\n');
                    } else {
                        around.out().println(text.line(ChangeJson.read(change)));
                    }
                }
                around.out().flush();
                if (around.out().checkError()) {
                    return Exit.OK.code(); // whoever read has gone
                }
            }
        }
        return Exit.OK.code();
    }

    private ChangeLog.Start start() {
        if (from.equals("earliest")) {
            return new ChangeLog.Start.Earliest();
        }
        if (from.equals("now")) {
            return new ChangeLog.Start.Now();
        }
        try {
            return new ChangeLog.Start.At(Instant.EPOCH.plus(EventTimes.parse(from), ChronoUnit.MICROS));
        } catch (DateTimeException e) {
            throw new Failure(
                    Exit.FEED_FILE,
                    "LEAT-400",
                    "'%s' is not a place to start from.".formatted(from),
                    "Use earliest, now, or a time such as 2026-02-07T17:22:01Z.");
        }
    }
}
