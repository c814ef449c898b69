package io.leat.bench.product;

import io.leat.app.Leat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the work as users run it: {@code leat run}, with its panel's lines, metrics and checkpoints. {@code -Dbench.panel=off}
 * runs it with {@code --json}, {@code -Dbench.parallelism=2} with two subtasks.
 */
public final class ProductMain {

    private ProductMain() {}

    /** Runs until it is killed, or until the process that started it is gone. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody is left to hear of it
    public static void main(String[] args) throws IOException {
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit()
                .thenRun(() -> Runtime.getRuntime().halt(1)));
        Path directory = Path.of(args[4]);
        Path feed = feed(Path.of(args[1]), args[2], args[3], directory);
        List<String> command = new ArrayList<>(List.of(
                "run",
                feed.toString(),
                "--kafka",
                args[0],
                "--data",
                directory.resolve("data").toString(),
                "--http",
                "off",
                "--parallelism",
                System.getProperty("bench.parallelism", "1")));
        if (System.getProperty("bench.panel", "on").equals("off")) {
            command.add("--json");
        }
        Leat.main(command.toArray(String[]::new));
    }

    /** The feed file with its variables filled in, beside its contract. */
    private static Path feed(Path file, String name, String logPartitions, Path directory) throws IOException {
        try (Stream<Path> beside =
                Files.list(file.toAbsolutePath().resolveSibling("").normalize())) {
            for (Path each : beside.toList()) {
                Files.copy(each, directory.resolve(each.getFileName()));
            }
        }
        Path own = directory.resolve(file.getFileName());
        String text = Files.readString(own).replace("${FEED}", name).replace("${LOG_PARTITIONS}", logPartitions);
        return Files.writeString(own, text);
    }
}
