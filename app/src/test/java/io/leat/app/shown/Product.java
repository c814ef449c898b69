package io.leat.app.shown;

import io.leat.app.process.Cli;
import io.leat.app.process.QuickStart;
import io.leat.testkit.OsProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The leat command: as a process of its own, as a person starts it, or within this one where that would tell no more. */
final class Product {

    /** For anything a process does: far more than it needs, for machines that do much else. */
    static final Duration PATIENCE = Duration.ofMinutes(4);

    /** The repository. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Keeps the two outputs of a process apart; the shell becomes the process, so that signals reach it. */
    private static final String APART = "exec \"$@\" 2>\"$0\"";

    private Product() {}

    /**
     * How a command ended.
     *
     * @param out results
     * @param err progress and problems
     */
    record Ended(int exit, String out, String err) {

        /** The last line of the results. */
        String lastLine() {
            return out.strip().substring(out.strip().lastIndexOf('\n') + 1);
        }
    }

    /**
     * A command at work.
     *
     * @param err where its progress and problems go
     */
    record Running(OsProcess process, Path err) implements AutoCloseable {

        Ended awaitEnd() {
            return awaitEnd(PATIENCE);
        }

        Ended awaitEnd(Duration patience) {
            int exit = process.awaitExit(patience);
            return new Ended(exit, process.said(), read(err));
        }

        @Override
        public void close() {
            process.close();
        }
    }

    /** Starts a command as a process; its outputs go to files of this name. */
    static Running start(Path dir, String name, String... args) {
        return startWith(List.of(), dir, name, args);
    }

    /** The same with variables, {@code NAME=VALUE}. */
    static Running startWith(List<String> variables, Path dir, String name, String... args) {
        List<String> java = new ArrayList<>();
        if (!variables.isEmpty()) {
            java.add("env");
            java.addAll(variables);
        }
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.addAll(QuickStart.options());
        java.add("io.leat.app.Leat");
        java.addAll(List.of(args));
        return startAny(dir, name, java);
    }

    /** Starts any command as a process; its outputs go to files of this name. */
    static Running startAny(Path dir, String name, List<String> command) {
        Path err = dir.resolve(name + ".err");
        List<String> shell = new ArrayList<>(List.of("sh", "-c", APART, err.toString()));
        shell.addAll(command);
        return new Running(OsProcess.start(dir.resolve(name + ".out"), shell), err);
    }

    /** Runs a command as a process to its end. */
    static Ended run(Path dir, String name, String... args) {
        try (Running running = start(dir, name, args)) {
            return running.awaitEnd();
        }
    }

    /** Runs a command within this process to its end; no variable is set. */
    static Ended within(String... args) {
        Cli.Said said = Cli.run(args);
        return new Ended(said.exit(), said.out(), said.err());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
