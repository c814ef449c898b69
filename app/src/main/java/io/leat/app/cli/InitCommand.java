package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import java.io.IOException;
import java.io.InputStream;
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

    private static final List<String> FILES = List.of("feed.yaml", "item.schema.json", "records.jsonl");

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
        try (InputStream template = InitCommand.class.getResourceAsStream("/io/leat/app/init/" + name)) {
            if (template == null) {
                throw new IllegalStateException("the template " + name + " is not in the jar");
            }
            Files.createDirectories(dir);
            Files.copy(template, dir.resolve(name));
        } catch (IOException e) {
            throw Failure.environment(
                            "LEAT-403",
                            "'%s' cannot be written: %s.".formatted(dir.resolve(name), e.getMessage()),
                            "Give a directory you may write to.")
                    .because(e);
        }
    }
}
