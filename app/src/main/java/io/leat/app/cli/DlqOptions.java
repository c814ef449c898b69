package io.leat.app.cli;

import io.leat.app.dlq.LetterFilter;
import io.leat.app.embedded.Broker;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.format.EventTimes;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every {@code leat dlq} command takes: the feed, its Kafka, and which letters are meant. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DlqOptions {

    @Parameters(index = "0", paramLabel = "FEED.yaml", description = "The feed file.")
    private Path file;

    @Option(names = "--site", paramLabel = "SITE", description = "Only scrapes of this site.")
    private @Nullable String site;

    @Option(
            names = "--by",
            paramLabel = "PATH",
            description = "The field that names the site; default: the first field of the feed's key.")
    private @Nullable String by;

    @Option(names = "--field", paramLabel = "PATH", description = "Only those refused for this field.")
    private @Nullable String field;

    @Option(names = "--code", paramLabel = "CODE", description = "Only those refused for this reason.")
    private @Nullable String code;

    @Option(names = "--since", paramLabel = "TIME", description = "Only scrapes taken then or later.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only scrapes taken before.")
    private @Nullable String until;

    @Mixin
    private BrokerOptions broker;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    boolean isJson() {
        return json;
    }

    /** Reads the feed file, finds its Kafka and does the work. */
    int with(Surroundings around, BiFunction<Feed, Broker, Exit> work) {
        Feed feed = FeedArgument.read(file, around, new Speech(around, json));
        if (feed == null) {
            return FeedArgument.wrong();
        }
        return broker.with(feed, found -> work.apply(feed, found).code());
    }

    /** Where a scrape names its site, {@code null} if nothing says so. */
    @Nullable
    FieldPath siteField(Feed feed) {
        if (by != null) {
            try {
                return FieldPath.parse(by);
            } catch (IllegalArgumentException e) {
                throw wrong("'%s' is not a field path.".formatted(by), "Write names joined by dots: record.price.");
            }
        }
        return feed.key().get(0) instanceof Feed.KeyPart.Field first ? first.path() : null;
    }

    LetterFilter filter(Feed feed, @Nullable String id) {
        return new LetterFilter(siteField(feed), site, field, code, id, moment(since), moment(until));
    }

    private static @Nullable Instant moment(@Nullable String text) {
        try {
            return text == null ? null : Instant.EPOCH.plus(EventTimes.parse(text), ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            throw wrong("'%s' is not a moment.".formatted(text), "Write a time such as 2026-02-07T17:22:01Z.");
        }
    }

    static Failure wrong(String message, String hint) {
        return new Failure(Exit.FEED_FILE, "LEAT-400", message, hint);
    }
}
