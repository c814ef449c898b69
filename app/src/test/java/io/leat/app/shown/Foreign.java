package io.leat.app.shown;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that are not ours. */
final class Foreign {

    private static final int PATIENCE_SECONDS = 120;

    private Foreign() {}

    /** Runs one to its end and gives what it wrote to standard output. Not to be used where it may write much. */
    static String run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(Arrays.toString(command) + " does not end");
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The folder of npm's packages, which {@code npm install} in src/test/js fills ({@code -Dleat.npm=DIR}: another one
     * beside a package.json). Ends the test, visibly, without this package.
     */
    static Path npm(String packageName) {
        assumeTrue(has("npm's " + packageName, "node"));
        Path modules = Path.of(System.getProperty("leat.npm", "src/test/js"))
                .resolve("node_modules")
                .toAbsolutePath();
        boolean there = Files.isDirectory(modules.resolve(packageName));
        if (!there) {
            System.out.println("SKIPPED npm's " + packageName + ": it is not in " + modules);
        }
        assumeTrue(there);
        return modules;
    }

    /** Whether programs are installed; says so if not. For {@code assumeTrue}. */
    static boolean has(String what, String... programs) {
        List<String> missing = Arrays.stream(programs)
                .filter(program -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .noneMatch(folder -> Files.isExecutable(Path.of(folder, program))))
                .toList();
        if (!missing.isEmpty()) {
            System.out.println("SKIPPED " + what + ": there is no " + String.join(", ", missing));
        }
        return missing.isEmpty();
    }
}
