package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.app.process.QuickStart;
import io.leat.testkit.PlainJson;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The machine's language, its encoding and its signals change nothing of what is told, or say so. */
class EnvironmentIT {

    @TempDir
    private Path dir;

    private void init(Path where) {
        assertThat(Product.within("init", where.toString()).exit()).isZero();
    }

    /** Turkish has another small i, Arabic and Persian other digits, Thailand another year. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Duser.language=tr -Duser.country=TR",
                "-Duser.language=ar -Duser.country=EG",
                "-Duser.language=th -Duser.country=TH -Duser.extensions=u-ca-buddhist-nu-thai"
            })
    void theLanguageOfTheMachineReachesNothing(String locale) {
        init(dir);
        Product.Ended ended = run(
                locale,
                "run",
                file("feed.yaml"),
                "--from",
                file("records.jsonl"),
                "--until-end",
                "--port",
                "0",
                "--data",
                file("data"),
                "--json");
        assertThat(ended.exit()).as(ended.toString()).isZero();
        JsonNode told = PlainJson.parse(ended.lastLine());
        assertThat(told.get("in").intValue()).isEqualTo(7);
        assertThat(told.get("changed").intValue()).isEqualTo(4);
        assertThat(told.get("balances").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Duser.language=az -Duser.country=AZ", "-Duser.language=fa -Duser.country=IR"})
    void theLanguageOfTheMachineDecidesNothing(String locale) {
        init(dir);
        String[] dry = {"run", file("feed.yaml"), "--dry-run", file("records.jsonl")};
        Product.Ended here = Product.within(dry);
        assertThat(here.exit()).isZero();
        assertThat(run(locale, dry)).isEqualTo(here);
    }

    /** Daemons and containers often have no locale at all, or name one that is not installed. */
    @ParameterizedTest
    @ValueSource(strings = {"C", "", "xx_XX.UTF-8"})
    void aPathThatIsNotAsciiIsFoundWithoutALocale(String locale) throws IOException {
        Path home = launcher();
        Path feeds = dir.resolve("f\u00e9eds-\u0444\u0438\u0434-\u30d5");
        init(feeds);
        Product.Ended ended = Product.startAny(
                        dir,
                        "launched",
                        List.of(
                                "env",
                                "-u",
                                "LC_ALL",
                                "-u",
                                "LC_CTYPE",
                                "LANG=" + locale,
                                home.resolve("leat").toString(),
                                "run",
                                feeds.resolve("feed.yaml").toString(),
                                "--dry-run",
                                feeds.resolve("records.jsonl").toString()))
                .awaitEnd();
        assertThat(ended.exit()).as(ended.toString()).isZero();
        assertThat(ended.out()).contains("northwind \u00b7 N-2");
    }

    /** A command that does not look whether it was asked to end is ended. */
    @Test
    @Timeout(120)
    void aCommandThatHangsInAFileEndsWhenItIsAskedTo() throws Exception {
        Path pipe = dir.resolve("pipe.yaml");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "mkfifo");
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "/proc");
        try (RandomAccessFile silent = new RandomAccessFile(pipe.toFile(), "rw");
                Product.Running check = Product.start(dir, "check", "check", pipe.toString())) {
            assertThat(silent.getFD().valid()).isTrue();
            Awaitility.await()
                    .atMost(Product.PATIENCE)
                    .until(() -> reads(check.process().pid(), pipe));
            check.process().terminate();
            assertThat(check.awaitEnd(Duration.ofSeconds(20)).exit()).isEqualTo(143);
        }
    }

    private static boolean reads(long process, Path file) {
        File[] open = Path.of("/proc/" + process + "/fd").toFile().listFiles();
        return open != null && Arrays.stream(open).anyMatch(each -> leadsTo(each.toPath(), file));
    }

    private static boolean leadsTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file);
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    private String file(String name) {
        return dir.resolve(name).toString();
    }

    /** The launcher in a home of its own, where nothing is to be built. */
    private Path launcher() throws IOException {
        Path home = dir.resolve("home");
        Files.createDirectories(home.resolve("app/target"));
        Files.copy(Product.ROOT.resolve("leat"), home.resolve("leat"), StandardCopyOption.COPY_ATTRIBUTES);
        List<String> options = QuickStart.options();
        Files.writeString(home.resolve("app/target/leat.classpath"), options.get(options.indexOf("-cp") + 1) + "\n");
        return home;
    }

    private Product.Ended run(String locale, String... args) {
        List<String> java = new ArrayList<>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.addAll(List.of(locale.split(" ")));
        java.addAll(QuickStart.options());
        java.add("io.leat.app.Leat");
        java.addAll(List.of(args));
        try (Product.Running running = Product.startAny(dir, "run", java)) {
            return running.awaitEnd();
        }
    }
}
