package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.feeding.ScrapeFile;
import io.leat.app.log.RawRange;
import io.leat.core.Feed;
import io.leat.format.EventTimes;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The records that a command looks at: those of a file, or a range of a feed's raw topic. Nothing is changed there. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RecordsOption {

    @Option(
            names = "--records",
            paramLabel = "FILE",
            description = "The records of this JSON Lines file, plain, .gz or .zst; - for standard input.")
    private @Nullable Path file;

    @Option(names = "--feed", paramLabel = "FEED.yaml", description = "The records of this feed's raw topic.")
    private @Nullable Path feedFile;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Of the topic, only from this moment on, such as 2026-02-07T17:22:01Z.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Of the topic, only before this moment.")
    private @Nullable String to;

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    /** Takes one record. */
    interface Taker {

        /**
         * Looks at a record.
         *
         * @param value its bytes, {@code null} if it has none
         * @param place where it stands, in words
         */
        void take(byte @Nullable [] value, String place);
    }

    /** Whether there are any to look at. */
    boolean isGiven() {
        return file != null || feedFile != null;
    }

    /**
     * Looks at every record.
     *
     * @return how the command ends if the feed file is wrong, else 0
     * @throws Failure if they cannot be read
     */
    int read(Surroundings around, Speech speech, Taker taker) {
        if (file != null) {
            try (ScrapeFile scrapes = ScrapeFile.open(file)) {
                for (ScrapeFile.Line line = scrapes.next();
                        line != null && around.stop().asked() == null;
                        line = scrapes.next()) {
                    taker.take(line.bytes(), "line " + line.number());
                }
            }
            return Exit.OK.code();
        }
        if (feedFile == null) {
            throw new Failure(
                    Exit.FEED_FILE,
                    "LEAT-400",
                    "There are no records to look at.",
                    "Give --records FILE or --feed FEED.yaml.");
        }
        Feed feed = FeedArgument.read(feedFile, around, speech);
        if (feed == null) {
            return FeedArgument.wrong();
        }
        RawRange range = new RawRange(feed.source().topic(), moment(from), moment(to));
        return broker.with(feed, kafka -> {
            range.read(
                    kafka,
                    scrape -> taker.take(
                            scrape.value(), "partition %s, offset %s".formatted(scrape.partition(), scrape.offset())),
                    () -> around.stop().asked() != null);
            return Exit.OK.code();
        });
    }

    private static @Nullable Instant moment(@Nullable String text) {
        try {
            return text == null ? null : Instant.EPOCH.plus(EventTimes.parse(text), ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            throw new Failure(
                    Exit.FEED_FILE,
                    "LEAT-400",
                    "'%s' is not a moment.".formatted(text),
                    "Write it like 2026-02-07T17:22:01Z.");
        }
    }
}
