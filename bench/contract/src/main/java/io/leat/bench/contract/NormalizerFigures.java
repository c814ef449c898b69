package io.leat.bench.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Measures what normalizers cost and writes the page of it. */
public final class NormalizerFigures {

    private static final String HEAD =
            """
            # What a text costs to normalize

            JMH %s, average time; forks %d, iterations %d after %d of warm-up; %d processors, Java %s. *new* is a text that the memory of a field does not have, *repeated* one that it
            has. *CPU* is the processor time of the whole process, compiler and collector included.

            | normalizer | new, ns | ± (99.9 %%) | CPU ns | bytes | repeated, ns | ± | CPU ns | bytes |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            """;

    private static final String PARSERS =
            """

            A number and nothing else, beside parsers that expect just that:

            | | ns | ± (99.9 %) | CPU ns | bytes |
            | --- | ---: | ---: | ---: | ---: |
            """;

    private NormalizerFigures() {}

    /**
     * Runs both benchmarks.
     *
     * @param args options of JMH, which come before those of the benchmarks; {@code -p texts=DIR} names texts to read. The system
     *     property {@code bench.home} is the directory bench of the source tree
     */
    public static void main(String[] args) throws CommandLineOptionException, RunnerException, IOException {
        Options options = new OptionsBuilder()
                .parent(new CommandLineOptions(args))
                .include(NormalizerCost.class.getName())
                .include(NumberParserCost.class.getName())
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuTime.class)
                .shouldFailOnError(true)
                .build();
        String page = page(new Runner(options).run());
        Path results = Files.createDirectories(
                Path.of(System.getProperty("bench.home", "bench")).resolve("results"));
        Path file = results.resolve(LocalDate.now(ZoneOffset.UTC) + "-normalizers.md");
        Files.writeString(file, page);
        System.out.println(page + "\nwritten to " + file);
    }

    private static String page(Collection<RunResult> results) {
        Map<String, Map<String, RunResult>> normalizers = new TreeMap<>();
        StringBuilder parsers = new StringBuilder(PARSERS);
        BenchmarkParams params = results.iterator().next().getParams();
        for (RunResult result : results) {
            String as = result.getParams().getParam("as");
            String name = result.getPrimaryResult().getLabel();
            if (as == null) {
                parsers.append("| ")
                        .append(name)
                        .append(" |")
                        .append(cells(result))
                        .append('\n');
            } else {
                normalizers.computeIfAbsent(as, unused -> new TreeMap<>()).put(name, result);
            }
        }
        StringBuilder page = new StringBuilder(HEAD.formatted(
                params.getJmhVersion(),
                params.getForks(),
                params.getMeasurement().getCount(),
                params.getWarmup().getCount(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version")));
        normalizers.forEach((as, both) -> page.append("| `")
                .append(as)
                .append("` |")
                .append(cells(both.get("fresh")))
                .append(cells(both.get("remembered")))
                .append('\n'));
        return page.append(parsers).toString();
    }

    private static String cells(RunResult result) {
        Result<?> time = result.getPrimaryResult();
        return String.format(
                Locale.ROOT,
                " %.0f | %.0f | %.0f | %.0f |",
                time.getScore(),
                time.getScoreError(),
                second(result, CpuTime.NAME),
                second(result, "gc.alloc.rate.norm"));
    }

    private static double second(RunResult result, String name) {
        for (Map.Entry<String, Result> second : result.getSecondaryResults().entrySet()) {
            if (second.getKey().endsWith(name)) {
                return second.getValue().getScore();
            }
        }
        return Double.NaN;
    }
}
