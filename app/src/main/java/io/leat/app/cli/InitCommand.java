package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.core.Feed;
import io.leat.format.feedfile.Starter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat init}: a feed to begin with. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = "Writes a commented feed file, its contract and a few records to try it with.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class InitCommand implements Callable<Integer> {

    private static final String FEED = "feed.yaml";
    private static final String RECORDS = "records.jsonl";
    private static final List<String> FILES = List.of(FEED, Starter.CONTRACT_FILE, RECORDS);

    @Parameters(paramLabel = "DIR", arity = "0..1", defaultValue = ".", description = "Where to write; default: here.")
    private Path dir;

    @Option(names = "--json", description = "Print the names of the files as one JSON object.")
    private boolean json;

    private final Surroundings around;

    InitCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        for (String name : FILES) {
            if (Files.exists(dir.resolve(name))) {
                throw Failure.environment(
                        "LEAT-413",
                        "There is a '%s' already.".formatted(dir.resolve(name)),
                        "Nothing was written. Choose another directory: leat init DIR.");
            }
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
