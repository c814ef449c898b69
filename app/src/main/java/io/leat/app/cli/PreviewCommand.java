package io.leat.app.cli;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.feeding.Spool;
import io.leat.core.Feed;
import io.leat.format.feedfile.FeedFile;
import io.leat.format.preview.Preview;
import io.leat.format.propose.Scrapes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat preview}: what another feed file would tell. */
@Command(
        name = "preview",
        mixinStandardHelpOptions = true,
        description =
                "Decides the same records under a new feed file and the old one, and shows where they part: by rule and"
                        + " site, side by side, for each client; and whether what is known can be kept. A running job is not touched.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PreviewCommand implements Callable<Integer> {

    private static final Pattern SPAN = Pattern.compile("(\\d{1,6})(m|h|d)");

    @Parameters(paramLabel = "NEW.yaml", description = "The feed file to be.")
    private Path file;

    @Option(
            names = "--against",
            paramLabel = "OLD.yaml",
            description = "The feed file that is; default: the same, to see what it tells.")
    private @Nullable Path against;

    @Option(
            names = "--from",
            paramLabel = "FILE|topic",
            required = true,
            description =
                    "The records of this JSON Lines file, plain, .gz or .zst, - for standard input; or the word 'topic'"
                            + " for those of the feed's raw topic.")
    private Path from;

    @Option(
            names = "--last",
            paramLabel = "SPAN",
            description = "Of the topic, only the last minutes, hours or days: 7d.")
    private @Nullable String last;

    @Option(
            names = "--first",
            paramLabel = "N",
            defaultValue = "2000000",
            description =
                    "Only the first N records; default: ${DEFAULT-VALUE}. What is known of every key is remembered"
                            + " twice: more records may need more memory.")
    private long first;

    @Mixin
    private BrokerOptions broker;

    @Option(names = "--json", description = "Print the report as one JSON object.")
    private boolean json;

    private final Surroundings around;

    PreviewCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Speech speech = new Speech(around, json);
        FeedFile.Valid now = FeedArgument.readWhole(file, around, speech);
        FeedFile.Valid old = against == null ? now : FeedArgument.readWhole(against, around, speech);
        if (now == null || old == null) {
            return FeedArgument.wrong();
        }
        if (first < 1) {
            throw new Failure(
                    Exit.FEED_FILE, "LEAT-400", "There are no first %s records.".formatted(first), "Give 1 or more.");
        }
        boolean isTopic = from.toString().equals("topic") && !Files.exists(from);
        if (last != null && !isTopic) {
            throw new Failure(
                    Exit.FEED_FILE, "LEAT-400", "A file has no last days.", "Leave --last out, or give --from topic.");
        }
        if (!isTopic) {
            return run(old, now, new FileScrapes(Spool.fileOf(from), around.stop()))
                    .code();
        }
        Feed source = old.feed();
        Instant since = last == null ? null : around.clock().instant().minus(span(last));
        return broker.with(
                source, kafka -> run(old, now, topic(kafka, source, since)).code());
    }

    private Scrapes topic(Broker kafka, Feed source, @Nullable Instant since) {
        return new TopicScrapes(kafka, source.source().topic(), since, around.stop());
    }

    private static Duration span(String text) {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            throw new Failure(
                    Exit.FEED_FILE, "LEAT-400", "'%s' is no span of time.".formatted(text), "Write 90m, 24h or 7d.");
        }
        long count = Long.parseLong(span.group(1));
        return switch (span.group(2)) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private Exit run(FeedFile.Valid old, FeedFile.Valid now, Scrapes scrapes) {
        ClientCounts told = new ClientCounts(old);
        ClientCounts tells = new ClientCounts(now);
        Preview preview = new Preview(old.feed(), now.feed(), told::add, tells::add);
        boolean[] more = {false};
        scrapes.read((value, share) -> {
            more[0] = preview.records() == first;
            if (!more[0]) {
                preview.take(value, around.clock().millis());
            }
            return !more[0];
        });
        PreviewReport report = new PreviewReport(preview, old, now, told, tells, more[0]);
        if (json) {
            new Speech(around, true).object(report.members());
        } else {
            report.lines().forEach(around.out()::println);
        }
        around.out().flush();
        return around.stop().asked() == null ? Exit.OK : around.stop().cutShort();
    }
}
