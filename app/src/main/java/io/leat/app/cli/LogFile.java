package io.leat.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the log of Kafka, Flink and Leat goes, if a command keeps one. For one thread. */
public final class LogFile {

    /** The environment variable that asks for another form of the log's lines. */
    public static final String FORMAT = "LEAT_LOG_FORMAT";

    private static final String JSON = "json";

    private final Target target;
    private final boolean asJson;
    private @Nullable Path path;

    /** Sends the log to a file. */
    public interface Target {
        void to(Path file, boolean asJson);
    }

    /**
     * @param format what {@link #FORMAT} says; {@code null} if it is not set
     */
    public LogFile(Target target, @Nullable String format) {
        this.target = target;
        this.asJson = JSON.equals(format);
    }

    /** Logs there from now on; to be called before Kafka or Flink is touched. */
    void at(Path file) {
        path = file;
        target.to(file, asJson);
    }

    /** Whether there is a file that says more. */
    boolean isWritten() {
        return path != null && Files.exists(path);
    }

    /** What a person is told at the start. */
    String line() {
        return "logging to " + path + (asJson ? " as JSON" : "");
    }
}
