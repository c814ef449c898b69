package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./leat demo} shows changes and every figure within seconds, and ends in good order. */
class DemoIT {

    private static final Pattern FIRST_CHANGE = Pattern.compile("RUNNING .*  out [1-9]");

    @TempDir
    private Path dir;

    /** What is tested is what this build has made: the launcher must not build it again beneath the tests. */
    @BeforeAll
    static void isBuilt() throws IOException {
        Path target = Path.of("target").toAbsolutePath();
        try (Stream<Path> jars = Files.list(target);
                Stream<Path> libraries = Files.list(target.resolve("lib"))) {
            String path = Stream.concat(
                            jars.filter(jar -> jar.getFileName().toString().matches("leat-app-.*(?<!-tests)\\.jar")),
                            libraries.sorted())
                    .map(Path::toString)
                    .collect(Collectors.joining(":"));
            Files.writeString(target.resolve("leat.classpath"), path + "\n");
            Files.deleteIfExists(target.resolve("leat.jsa"));
        }
    }

    @Test
    void endsWhenItsTimeIsUp() {
        long begun = System.nanoTime();
        try (Product.Running demo = demo("timed", "--seconds", "15")) {
            demo.process().awaitLine(FIRST_CHANGE, Product.PATIENCE);
            System.out.printf("leat demo: first change shown after %.1f s%n", (System.nanoTime() - begun) / 1e9);
            Product.Ended ended = demo.awaitEnd();
            assertThat(ended.exit()).as(ended.toString()).isZero();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.out()
                            .lines()
                            .filter(line -> FIRST_CHANGE.matcher(line).find()))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line)
                            .contains("RUNNING", "  in ", "  out ", "  suppressed ", "  dead ")
                            .contains("  unread ", "  behind ", "  p99 "));
            Told told = Told.sentence(ended.out());
            assertThat(told.balances()).as(ended.out()).isTrue();
            assertThat(told.in()).isPositive();
            assertThat(told.changed()).isPositive();
            assertThat(ended.out()).contains("first change after ");
        }
    }

    @Test
    void endsOnCtrlC() {
        try (Product.Running demo = demo("stopped")) {
            demo.process().awaitLine(FIRST_CHANGE, Product.PATIENCE);
            demo.process().interrupt();
            Product.Ended ended = demo.awaitEnd();
            assertThat(ended.exit()).as(ended.toString()).isZero();
            assertThat(Told.sentence(ended.out()).balances()).isTrue();
        }
    }

    private Product.Running demo(String name, String... more) {
        List<String> command = Stream.concat(
                        Stream.of(Product.ROOT.resolve("leat").toString(), "demo", "--data", dir + "/data"),
                        Stream.of(more))
                .toList();
        return Product.startAny(dir, name, command);
    }
}
