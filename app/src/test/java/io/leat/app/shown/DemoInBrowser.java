package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.FreePort;
import io.leat.app.process.QuickStart;
import io.leat.testkit.OsProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code leat demo}, and a script of {@code src/test/js} that opens its page in a real Chromium. */
final class DemoInBrowser {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern OPEN = Pattern.compile("open +(http://127\\.0\\.0\\.1:\\d+/) in a browser");

    private DemoInBrowser() {}

    /**
     * Runs a script to its end, beside a demo that is its own.
     *
     * @param dir an empty directory
     * @param modules where the packages of npm are
     * @param arguments of the script, after the page's address
     * @return what it said
     */
    static String run(Path dir, Path modules, String script, String... arguments) throws IOException {
        List<String> options = new ArrayList<>(List.of("-Dleat.home=" + Product.ROOT));
        options.addAll(QuickStart.options());
        try (OsProcess demo = OsProcess.java(
                dir.resolve("demo.out"),
                options,
                "io.leat.app.Leat",
                List.of("demo", "--data", dir.resolve("demo").toString(), "--http", "127.0.0.1:" + FreePort.find()))) {
            String page = demo.awaitLine(OPEN, PATIENCE).group(1);
            Path work = Files.createDirectories(dir.resolve("browser"));
            Files.createSymbolicLink(work.resolve("node_modules"), modules);
            Path copy = Files.copy(Path.of("src/test/js", script), work.resolve(script));
            List<String> command = new ArrayList<>(List.of(
                    "env",
                    "CHROMIUM="
                            + Foreign.run("which", "chromium-headless-shell").strip(),
                    "node",
                    copy.toString(),
                    page));
            command.addAll(List.of(arguments));
            try (OsProcess browser = OsProcess.start(dir.resolve("browser.out"), command)) {
                assertThat(browser.awaitExit(PATIENCE)).as(browser.said()).isZero();
                return browser.said();
            }
        }
    }
}
