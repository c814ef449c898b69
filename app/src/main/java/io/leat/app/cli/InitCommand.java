package io.leat.app.cli;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.feeding.Spool;
import io.leat.core.Feed;
import io.leat.format.feedfile.Starter;
import io.leat.format.propose.Proposal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat init}: a feed to begin with. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description =
                "Writes a commented feed file and its contract: one to fill in, with a few records to try it with,"
                        + " or one that is proposed from records you have.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class InitCommand implements Callable<Integer> {

    private static final String FEED = "feed.yaml";
    private static final String RECORDS = "records.jsonl";
    private static final List<String> FILES = List.of(FEED, Starter.CONTRACT_FILE, RECORDS);

    @Parameters(paramLabel = "DIR", arity = "0..1", defaultValue = ".", description = "Where to write; default: here.")
    private Path dir;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description =
                    "Propose it from the records of this JSON Lines file, plain, .gz or .zst; - for standard input.")
    private @Nullable Path from;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Propose it from the records of a topic of this Kafka.")
    private @Nullable String kafka;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "With --kafka: the topic.")
    private @Nullable String topic;

    @Option(
            names = "--identify-by",
            paramLabel = "FIELD,FIELD",
            split = ",",
            description = "With --from or --kafka: what identifies an item; default: found out.")
    private List<String> identifyBy = List.of();

    @Option(
            names = "--time",
            paramLabel = "FIELD",
            defaultValue = "",
            description = "With --from or --kafka: when a record was scraped; default: found out.")
    private String time;

    @Option(names = "--json", description = "Print the names of the files as one JSON object.")
    private boolean json;

    private final Surroundings around;

    InitCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        boolean isProposed = from != null || kafka != null;
        for (String name : isProposed ? FILES.subList(0, 2) : FILES) {
            if (Files.exists(dir.resolve(name))) {
                throw Failure.environment(
                        "LEAT-413",
                        "There is a '%s' already.".formatted(dir.resolve(name)),
                        "Nothing was written. Choose another directory: leat init DIR.");
            }
        }
        if (isProposed) {
            return propose().code();
        }
        FILES.forEach(this::write);
        List<String> written = FILES.stream()
                .map(name -> dir.resolve(name).normalize().toString())
                .toList();
        if (json) {
            new Speech(around, true).object(Map.of("written", written));
        } else {
            written.forEach(name -> around.out().println("wrote " + name));
            around.out().println();
            around.out().println("Try: leat run %s --dry-run %s".formatted(written.get(0), written.get(2)));
            around.out().println("     leat run %s --from %s".formatted(written.get(0), written.get(2)));
        }
        return Exit.OK.code();
    }

    private Exit propose() {
        FeedProposal proposal = new FeedProposal(around, dir, feedName());
        Proposal.Answers answers = new Proposal.Answers(identifyBy, time);
        if (from != null) {
            Path file = Spool.fileOf(from);
            String name = from.equals(Spool.STANDARD_INPUT) ? "standard input" : String.valueOf(from.getFileName());
            return proposal.of(name, new FileScrapes(file, around.stop()), answers, json);
        }
        if (kafka == null || topic == null) {
            throw new Failure(
                    Exit.FEED_FILE, "LEAT-400", "The topic is not named.", "Give --kafka HOST:PORT --topic TOPIC.");
        }
        Broker broker = new Broker(kafka, Map.of());
        broker.mustAnswer();
        return proposal.of(topic, new TopicScrapes(broker, topic, null, around.stop()), answers, json);
    }

    private void write(String name) {
        try {
            Files.createDirectories(dir);
            Files.writeString(dir.resolve(name), content(name));
        } catch (IOException e) {
            throw Failure.environment(
                            "LEAT-403",
                            "'%s' cannot be written: %s.".formatted(dir.resolve(name), e.getMessage()),
                            "Give a directory you may write to.")
                    .because(e);
        }
    }

    private String content(String name) throws IOException {
        if (name.equals(FEED)) {
            return Starter.feed(feedName());
        }
        if (name.equals(Starter.CONTRACT_FILE)) {
            return Starter.contract();
        }
        try (InputStream records = InitCommand.class.getResourceAsStream("/io/leat/app/init/" + RECORDS)) {
            if (records == null) {
                throw new IllegalStateException(RECORDS + " is not in the jar");
            }
            return new String(records.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The directory's name, where it can be a feed's. */
    private String feedName() {
        Path name = dir.toAbsolutePath().normalize().getFileName();
        return name != null && Feed.NAME.matcher(name.toString()).matches() ? name.toString() : "my-feed";
    }
}
