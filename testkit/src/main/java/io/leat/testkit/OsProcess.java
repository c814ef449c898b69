package io.leat.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A separate process of the operating system that a test may stop, continue and kill. Its output, both kinds together,
 * goes to a file. Signals go to this process alone, and it dies with {@link #close} or with the JVM.
 */
public final class OsProcess implements AutoCloseable {

    private static final long POLL_MILLIS = 10;
    private static final int TAIL_LINES = 40;
    private static final Duration SIGNAL_DEADLINE = Duration.ofSeconds(30);

    private final Process process;
    private final Path output;
    private final Thread guard;

    /** A shell that starts a build in the background makes it deaf to Ctrl-C, and all that it starts. */
    private static final List<String> HEARS_CTRL_C =
            System.getProperty("os.name").startsWith("Linux") ? List.of("env", "--default-signal=INT") : List.of();

    private OsProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
        this.guard = new Thread(process::destroyForcibly, "kill-" + process.pid());
        Runtime.getRuntime().addShutdownHook(guard);
    }

    /** Starts a command; its output replaces the file. */
    public static OsProcess start(Path output, List<String> command) {
        try {
            List<String> all = new ArrayList<>(HEARS_CTRL_C);
            all.addAll(command);
            Process process = new ProcessBuilder(all)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new OsProcess(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a main class with the Java that runs this and its class path.
     *
     * @param options for the JVM, such as {@code -Xmx1g}
     */
    public static OsProcess java(Path output, List<String> options, String mainClass, List<String> args) {
        return start(output, javaCommand(options, mainClass, args));
    }

    /** The command that {@link #java} starts, for one who puts something before it. */
    public static List<String> javaCommand(List<String> options, String mainClass, List<String> args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        if (Collections.disjoint(options, List.of("-cp", "-classpath", "--class-path", "-jar"))) {
            command.add("-cp");
            command.add(System.getProperty("java.class.path"));
        }
        command.add(mainClass);
        command.addAll(args);
        return command;
    }

    /** Its number. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs or is stopped. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Where its output goes. */
    public Path output() {
        return output;
    }

    /** What it has said so far; the last line may be unfinished. */
    public String said() {
        try {
            return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until a finished line of the output contains a match.
     *
     * @throws AssertionError with the end of the output, if the deadline passes or the process ends without such a line
     */
    public MatchResult awaitLine(Pattern pattern, Duration deadline) {
        AtomicReference<@Nullable MatchResult> found = new AtomicReference<>();
        long[] seen = {-1};
        await(deadline, () -> {
            boolean wasAlive = process.isAlive();
            long size = output.toFile().length();
            if (wasAlive && size == seen[0]) {
                return false;
            }
            seen[0] = size;
            String text = said();
            Matcher matcher = pattern.matcher(wasAlive ? text.substring(0, text.lastIndexOf('\n') + 1) : text);
            if (matcher.find()) {
                found.set(matcher.toMatchResult());
            }
            return found.get() != null || !wasAlive;
        });
        MatchResult match = found.get();
        if (match == null) {
            throw new AssertionError("no line with '%s' within %s from a process that is %s:%n%s"
                    .formatted(pattern, deadline, isAlive() ? "alive" : "gone", tail()));
        }
        return match;
    }

    /**
     * Waits for its end and gives the exit code.
     *
     * @throws AssertionError if the deadline passes
     */
    public int awaitExit(Duration deadline) {
        if (!await(deadline, () -> !process.isAlive())) {
            throw new AssertionError("still running after " + deadline + ":\n" + tail());
        }
        return process.exitValue();
    }

    /** SIGKILL, and waits until it is gone. */
    public void kill9() {
        process.destroyForcibly();
        awaitExit(SIGNAL_DEADLINE);
    }

    /** SIGSTOP: it stands still, every thread of it by the time this returns, but keeps its connections and memory. */
    public void stop() {
        signal("STOP");
        if (!await(SIGNAL_DEADLINE, this::isStopped)) {
            throw new IllegalStateException("process " + pid() + " does not stop");
        }
    }

    /** SIGCONT: it goes on. */
    public void cont() {
        signal("CONT");
    }

    /** SIGTERM: asks it to end. */
    public void terminate() {
        signal("TERM");
    }

    /** SIGINT: as Ctrl-C does. */
    public void interrupt() {
        signal("INT");
    }

    /** Kills it if it lives. */
    @Override
    public void close() {
        kill9();
        try {
            Runtime.getRuntime().removeShutdownHook(guard);
        } catch (IllegalStateException e) {
            // the JVM is ending, which runs the guard
        }
    }

    private void signal(String name) {
        if (!process.isAlive()) {
            throw new IllegalStateException("the process is gone:\n" + tail());
        }
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -" + name + " " + pid() + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Asks Linux for the state of each thread; elsewhere the signal has to be trusted. */
    private boolean isStopped() {
        Path tasks = Path.of("/proc/" + pid() + "/task");
        if (!Files.isDirectory(tasks)) {
            return true;
        }
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                String stat = Files.readString(thread.resolve("stat"));
                if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
                    return false;
                }
            }
            return true;
        } catch (IOException | DirectoryIteratorException e) {
            return false; // a thread has just ended: look again
        }
    }

    private boolean await(Duration deadline, BooleanSupplier condition) {
        long end = System.nanoTime() + deadline.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > end) {
                    return false;
                }
                process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (!process.isAlive()) {
                    return condition.getAsBoolean();
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private String tail() {
        List<String> lines = said().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }
}
