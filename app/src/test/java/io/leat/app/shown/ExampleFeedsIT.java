package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example feed starts and reaches its first change in one command; that of the demo does so in {@link DemoIT}. */
class ExampleFeedsIT {

    private static final Pattern FIRST_CHANGE = Pattern.compile("  out [1-9]");

    @TempDir
    private Path dir;

    private static List<String> examples() throws IOException {
        try (Stream<Path> folders = Files.list(Product.ROOT.resolve("examples"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("feed.yaml")))
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.equals("demo"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void oneCommandReachesTheFirstChange(String name) throws IOException {
        assumeTrue(SharedData.isPresent(ExampleFeedsIT.class.getSimpleName() + " " + name));
        long begun = System.nanoTime();
        try (Stream<Path> files = Files.list(SharedData.file(name))) {
            Path stream = files.filter(file -> file.getFileName().toString().startsWith("stream"))
                    .findFirst()
                    .orElseThrow();
            String feed =
                    Product.ROOT.resolve("examples/" + name + "/feed.yaml").toString();
            try (Product.Running run = Product.start(
                    dir, "run", "run", feed, "--from", stream.toString(), "--data", dir + "/data", "--port", "0")) {
                run.process().awaitLine(FIRST_CHANGE, Product.PATIENCE);
                System.out.printf("%s: first change after %.1f s%n", name, (System.nanoTime() - begun) / 1e9);
                run.process().interrupt();
                Product.Ended ended = run.awaitEnd();
                assertThat(ended.exit()).as(ended.toString()).isZero();
                assertThat(Told.sentence(ended.out()).balances()).isTrue();
            }
        }
    }
}
