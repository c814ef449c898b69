package io.leat.app.alerts;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Runs a command when an alert opens. Never through a shell: what an alert says is an argument or part of one, and nothing else.
 * One at a time and at most one a second; one that takes longer than {@value #MOST_SECONDS} s is killed with what it has
 * started. It gets no input, nothing it prints is kept, and of this process' variables only those in {@link #KEPT}. For one
 * thread.
 */
public final class AlertCommand implements AlertEnd {

    static final int MOST_SECONDS = 30;
    static final Set<String> KEPT = Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ");

    private static final Logger LOG = LoggerFactory.getLogger(AlertCommand.class);
    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");
    private static final long PACE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final File NOTHING = new File("/dev/null");

    private final List<String> words;
    private final Duration patience;
    private long lastNanos = System.nanoTime() - PACE_NANOS;

    /** @param words the command and its arguments */
    public AlertCommand(List<String> words) {
        this(words, Duration.ofSeconds(MOST_SECONDS));
    }

    AlertCommand(List<String> words, Duration patience) {
        this.words = List.copyOf(words);
        this.patience = patience;
    }

    /** A command that cannot be run once is not run again: the next alert may be about another site. */
    @Override
    public void tell(JsonNode alert) throws InterruptedException {
        if (!alert.path("state").asString("").equals("started")) {
            return;
        }
        List<String> command = command(alert);
        if (command == null) {
            LOG.warn(
                    "The command is not run for the alert {}: it says nothing that could stand in its place",
                    alert.path("id"));
            return;
        }
        long pause = PACE_NANOS - (System.nanoTime() - lastNanos);
        if (pause > 0) {
            TimeUnit.NANOSECONDS.sleep(pause);
        }
        lastNanos = System.nanoTime();
        run(command, alert);
    }

    private void run(List<String> command, JsonNode alert) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(NOTHING))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(KEPT);
        try {
            Process process = builder.start();
            try {
                if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.warn("The command of the alert {} took too long and was killed", alert.path("id"));
                } else if (process.exitValue() != 0) {
                    LOG.warn("The command of the alert {} ended with {}", alert.path("id"), process.exitValue());
                }
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.error("The command of the alert {} cannot be run: {}", alert.path("id"), e.toString());
        }
    }

    /** {@code null} if the alert lacks something, or what it says would be read as an option or cannot be an argument. */
    @Nullable
    List<String> command(JsonNode alert) {
        List<String> command = new ArrayList<>();
        for (String word : words) {
            Matcher place = PLACE.matcher(word);
            StringBuilder filled = new StringBuilder();
            while (place.find()) {
                String said = alert.path(place.group(1)).asString("");
                if (said.isEmpty() || said.indexOf('\0') >= 0 || (place.start() == 0 && said.startsWith("-"))) {
                    return null;
                }
                place.appendReplacement(filled, Matcher.quoteReplacement(said));
            }
            command.add(place.appendTail(filled).toString());
        }
        return command;
    }
}
