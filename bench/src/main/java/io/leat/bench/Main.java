package io.leat.bench;

import io.leat.bench.process.Processes;
import io.leat.bench.result.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The benchmark's command. */
public final class Main {

    private Main() {}

    /**
     * Runs the benchmark named first.
     *
     * @param args {@code latency} and its options; see bench/README.md. The system property {@code bench.home} is the
     *     directory bench of the source tree
     */
    public static void main(String[] args) throws Exception {
        if (args.length == 0 || !args[0].equals("latency")) {
            throw new IllegalArgumentException("usage: bench/run latency [--quick] [--NAME VALUE]...");
        }
        Options options = Options.parse(List.of(args).subList(1, args.length));
        Path home = Path.of(System.getProperty("bench.home", "bench")).toAbsolutePath();
        Path scratch = Files.createTempDirectory("leat-bench-");
        Progress.say("scratch %s", scratch);
        try {
            write(new Latency(options, new Processes(home, scratch)).run(), home, options.label());
        } finally {
            if (!Boolean.getBoolean("bench.keep")) {
                delete(scratch);
            }
        }
    }

    private static void write(Outcome outcome, Path home, String label) throws IOException {
        Progress.say("%n%s", outcome.markdown());
        Path results = Files.createDirectories(home.resolve("results"));
        String name = LocalDate.now(ZoneOffset.UTC) + "-" + label;
        Files.writeString(results.resolve(name + ".md"), outcome.markdown());
        Files.writeString(results.resolve(name + ".json"), outcome.json());
        Progress.say("written to %s.{md,json}", results.resolve(name));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
