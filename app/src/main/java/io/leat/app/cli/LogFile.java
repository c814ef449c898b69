package io.leat.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where the log of Kafka, Flink and Leat goes, if a command keeps one. For one thread. */
public final class LogFile {

    private final Consumer<Path> configure;
    private @Nullable Path path;

    /** @param configure sends the log to a file */
    public LogFile(Consumer<Path> configure) {
        this.configure = configure;
    }

    /** Logs there from now on; to be called before Kafka or Flink is touched. */
    void at(Path file) {
        path = file;
        configure.accept(file);
    }

    /** Whether there is a file that says more. */
    boolean isWritten() {
        return path != null && Files.exists(path);
    }
}
