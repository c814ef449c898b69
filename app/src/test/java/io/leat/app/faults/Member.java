package io.leat.app.faults;

import io.leat.app.embedded.FreePort;
import io.leat.app.process.QuickStart;
import io.leat.testkit.FalseClock;
import io.leat.testkit.OsProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A gateway or a deliverer in a process of its own, at an address that stays over its deaths. */
final class Member implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern AT_WORK = Pattern.compile("serving http://");

    private final Path dir;
    private final String name;
    private final String verb;
    private final Path feed;
    private final String kafka;
    private final Optional<FalseClock> clock;
    private final int port = FreePort.find();
    private OsProcess process;
    private int started;

    /**
     * Starts one; {@link #awaitAtWork} waits for it.
     *
     * @param verb {@code gateway} or {@code deliver}
     */
    Member(Path dir, String name, String verb, Path feed, String kafka, Optional<FalseClock> clock) throws IOException {
        this.dir = Files.createDirectories(dir.resolve(name));
        this.name = name;
        this.verb = verb;
        this.feed = feed;
        this.kafka = kafka;
        this.clock = clock;
        this.process = launch();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    String name() {
        return name;
    }

    Optional<FalseClock> clock() {
        return clock;
    }

    OsProcess process() {
        return process;
    }

    void awaitAtWork() {
        process.awaitLine(AT_WORK, PATIENCE);
    }

    /** SIGKILL. */
    void kill() {
        process.kill9();
        process.close();
    }

    /** Starts one that was killed, and waits until it is at work. */
    void restart() {
        process = launch();
        awaitAtWork();
    }

    private OsProcess launch() {
        List<String> options = new ArrayList<>(QuickStart.options());
        options.add("-Xmx256m");
        List<String> command = OsProcess.javaCommand(
                options,
                "io.leat.app.Leat",
                List.of(
                        verb,
                        feed.toString(),
                        "--kafka",
                        kafka,
                        "--http",
                        "127.0.0.1:" + port,
                        "--data",
                        dir.toString(),
                        "--allow-private-webhooks",
                        "--log",
                        dir.resolve(name + ".log").toString()));
        return OsProcess.start(
                dir.resolve("%s-%03d.out".formatted(name, started++)),
                clock.map(each -> each.over(command)).orElse(command));
    }

    @Override
    public void close() {
        process.close();
    }
}
