package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.app.log.SafeText;
import io.leat.format.feedfile.FeedFile;
import io.leat.format.scenario.Scenario;
import io.leat.format.scenario.Update;
import io.leat.format.scenario.Verdict;
import io.leat.job.scenario.ScenarioRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat test}: does a feed still do what its scenarios show? */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Runs scenario folders: records.jsonl in; changes, dead letters, held and late items, windows and"
                + " counters out. Starts neither Kafka nor Flink.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TestCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            defaultValue = ".",
            description = "A scenario, or a folder with scenarios in or below it; default: here.")
    private Path dir;

    @Option(names = "--update", description = "Write what came out as what is expected from now on.")
    private boolean update;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the results there too, as JUnit XML.")
    private @Nullable Path junit;

    @Option(names = "--json", description = "Print the results as one JSON object.")
    private boolean json;

    private final Surroundings around;

    TestCommand(Surroundings around) {
        this.around = around;
    }

    /**
     * How one scenario ended.
     *
     * @param differences what is wrong, each with its place
     * @param written the files that were brought up to date
     */
    record Result(String name, List<String> differences, List<Path> written) {
        boolean holds() {
            return differences.isEmpty() || !written.isEmpty();
        }
    }

    @Override
    public Integer call() {
        if (!Files.isDirectory(dir)) {
            throw Failure.environment("LEAT-410", "There is no folder '%s'.".formatted(dir), "Give a folder.");
        }
        List<Scenario> scenarios = Scenario.in(dir);
        if (scenarios.isEmpty()) {
            throw new Failure(
                    Exit.FEED_FILE,
                    "LEAT-444",
                    "There is no scenario in '%s' or below.".formatted(dir),
                    "A scenario is a folder with a records.jsonl; 'leat test FOLDER --update' writes the rest.");
        }
        List<Result> results = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            Result result = run(scenario);
            results.add(result);
            if (!json) {
                print(result);
            }
        }
        if (junit != null) {
            write(junit, JunitReport.of(results));
        }
        long failed = results.stream().filter(result -> !result.holds()).count();
        if (json) {
            print(results, failed);
        } else {
            around.out()
                    .println("%s scenario%s, %s failed"
                            .formatted(results.size(), results.size() == 1 ? "" : "s", failed));
        }
        return (failed == 0 ? Exit.OK : Exit.RUNTIME).code();
    }

    private Result run(Scenario scenario) {
        String name = dir.equals(scenario.folder())
                ? scenario.name()
                : dir.relativize(scenario.folder()).toString();
        try {
            FeedFile.Outcome declared = FeedFile.read(scenario.feedFile(), around.env());
            if (declared instanceof FeedFile.Invalid invalid) {
                return new Result(
                        name, invalid.problems().stream().map(Object::toString).toList(), List.of());
            }
            ScenarioRun run =
                    ScenarioRun.of(((FeedFile.Valid) declared).feed(), scenario.records(), scenario.waiting() > 0);
            List<Verdict.Difference> differences = Verdict.of(scenario, run.found(), run.counters());
            List<Path> written = update ? Update.write(scenario, run.found(), run.counters(), differences) : List.of();
            return new Result(name, differences.stream().map(Object::toString).toList(), written);
        } catch (Scenario.Unusable e) {
            return new Result(name, List.of(String.valueOf(e.getMessage())), List.of());
        } catch (IOException e) {
            throw unwritable(scenario.folder(), e);
        }
    }

    private void print(Result result) {
        around.out()
                .println((result.differences().isEmpty() ? "ok      " : result.holds() ? "updated " : "FAILED  ")
                        + SafeText.of(result.name()));
        if (!result.holds()) {
            result.differences().forEach(each -> around.out().println("        " + SafeText.of(each)));
        }
        result.written().forEach(each -> around.out().println("        wrote " + SafeText.of(each.toString())));
    }

    private void print(List<Result> results, long failed) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("scenarios", results.size());
        report.put("failed", failed);
        report.put("results", results.stream().map(TestCommand::members).toList());
        new Speech(around, true).object(report);
    }

    private static Map<String, Object> members(Result result) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", result.name());
        members.put("holds", result.holds());
        members.put("differences", result.differences());
        members.put("written", result.written().stream().map(Path::toString).toList());
        return members;
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static Failure unwritable(Path file, IOException cause) {
        return Failure.environment(
                        "LEAT-403",
                        "'%s' cannot be written: %s.".formatted(file, cause.getMessage()),
                        "Give a place you may write to.")
                .because(cause);
    }
}
