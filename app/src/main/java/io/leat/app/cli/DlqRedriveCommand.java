package io.leat.app.cli;

import io.leat.app.dlq.LetterFilter;
import io.leat.app.dlq.Mend;
import io.leat.app.dlq.MendExample;
import io.leat.app.dlq.Redrive;
import io.leat.app.embedded.Broker;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.log.SafeText;
import io.leat.core.Feed;
import io.leat.format.Fix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leat dlq redrive}: sends refused scrapes again, once. */
@Command(
        name = "redrive",
        mixinStandardHelpOptions = true,
        description = {
            "Sends refused scrapes to their raw topic again: those that would be items now. Without --yes it only says"
                    + " what it would do.",
            "Each is sent once for ever. One whose key has moved on since tells nothing."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DlqRedriveCommand implements Callable<Integer> {

    private static final int MOST_SHOWN = 80;
    private static final int MOST_SCHEMA_BYTES = 1 << 20;

    @Mixin
    private DlqOptions options;

    @Option(
            names = "--contract",
            paramLabel = "SCHEMA.json",
            description = "Judge by this contract; default: the feed file's. The running feed has to have it too.")
    private @Nullable Path contract;

    @Option(
            names = "--fix",
            paramLabel = "PATH=EXPRESSION",
            description = "Give a field a new value first, by an expression in CEL over 'scrape':"
                    + " price=double(scrape.price.replace(',', '.')). Texts have replace, split, trim, lowerAscii and"
                    + " upperAscii. May be given several times.")
    private List<String> fixes = List.of();

    @Option(names = "--id", paramLabel = "ID", description = "Only this one, by id or place as in 'show'.")
    private @Nullable String id;

    @Option(
            names = "--first",
            paramLabel = "N",
            converter = WholeNumber.Count.class,
            description = "Only so many, the oldest first: try a fix on one before all.")
    private @Nullable Integer first;

    @Option(names = "--yes", description = "Do it.")
    private boolean yes;

    private final Surroundings around;

    DlqRedriveCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        return options.with(around, this::redrive);
    }

    private Exit redrive(Feed feed, Broker broker) {
        Mend mend = mend(feed);
        LetterFilter filter = options.filter(feed, id);
        long most = first == null ? Long.MAX_VALUE : first;
        Redrive redrive = new Redrive(broker, feed);
        Redrive.Report report = yes ? redrive.send(filter, mend, most) : redrive.look(filter, mend, most);
        if (options.isJson()) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("mended", report.mended());
            members.put("sent", report.sent());
            members.put("still_dead", report.stillDead());
            if (report.example() != null) {
                members.put("example", report.example());
            }
            new Speech(around, true).object(members);
            return Exit.OK;
        }
        if (report.example() != null) {
            show(report.example());
        }
        around.out()
                .println(String.format(
                        Locale.ROOT, "%,d would be items now, %,d stay", report.mended(), report.staying()));
        report.stillDead()
                .forEach((code, count) -> around.out().println(String.format(Locale.ROOT, "%,12d  %s", count, code)));
        around.out()
                .println(
                        yes
                                ? String.format(Locale.ROOT, "%,d sent again", report.sent())
                                : "Nothing was sent. Add --yes to send them.");
        around.out().flush();
        return Exit.OK;
    }

    /** The first letter, before what becomes of the others. */
    private void show(MendExample example) {
        around.out().println("letter " + example.id());
        example.before().forEach((path, value) -> around.out()
                .println(SafeText.of("  %s: %s%s"
                        .formatted(
                                path,
                                shortened(value),
                                example.refusal().isEmpty()
                                        ? " → " + shortened(example.after().getOrDefault(path, ""))
                                        : ""))));
        example.after().keySet().stream()
                .filter(path -> !example.before().containsKey(path))
                .forEach(path -> around.out()
                        .println(SafeText.of("  %s: → %s"
                                .formatted(path, shortened(example.after().getOrDefault(path, ""))))));
        around.out()
                .println(
                        example.refusal().isEmpty()
                                ? "  would be an item"
                                : SafeText.of("  stays: " + example.refusal()));
    }

    private static String shortened(String value) {
        return value.length() > MOST_SHOWN ? value.substring(0, MOST_SHOWN) + "…" : value;
    }

    private Mend mend(Feed feed) {
        try {
            List<Fix> parsed = fixes.stream().map(Fix::parse).toList();
            return new Mend(contract == null ? feed : feed.withContracts(List.of(contract(contract))), parsed);
        } catch (IllegalArgumentException e) {
            throw DlqOptions.wrong(
                    "The fix or contract cannot be used: %s.".formatted(e.getMessage()),
                    "See 'leat dlq redrive --help'.");
        }
    }

    private static Feed.ContractSource contract(Path file) {
        try {
            if (Files.size(file) > MOST_SCHEMA_BYTES) {
                throw new IOException("it is longer than 1 MiB");
            }
            String name = String.valueOf(file.getFileName());
            return new Feed.ContractSource(name.replaceFirst("(\\.schema)?\\.json$", ""), Files.readString(file));
        } catch (IOException e) {
            throw Failure.environment(
                            "LEAT-403",
                            "The contract '%s' cannot be read: %s.".formatted(file, e.getMessage()),
                            "Check the path and its permissions.")
                    .because(e);
        }
    }
}
