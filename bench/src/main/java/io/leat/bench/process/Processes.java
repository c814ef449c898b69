package io.leat.bench.process;

import io.leat.bench.work.Setup;
import io.leat.testkit.OsProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts the processes of a run, each a JVM of its own that ends with this one.
 *
 * @param home the directory {@code bench} of the source tree, built
 * @param scratch where they keep what they keep
 */
public record Processes(Path home, Path scratch) {

    /** What every JVM gets; told with each result. */
    public static final List<String> JVM = List.of(
            "-Xms1500m",
            "-Xmx1500m",
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=10",
            "-XX:MaxTenuringThreshold=1",
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:G1NewSizePercent=25",
            "-Dlog4j2.level=WARN",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED");

    private static final Pattern KAFKA_JAR =
            Pattern.compile("(kafka-clients|kafka-streams|kafka_2.13|flink-connector-kafka)-\\d.*");

    private static final Duration START = Duration.ofMinutes(3);

    /** A broker that serves. */
    public record Broker(OsProcess process, String bootstrap) {}

    /** Starts a broker and waits until it serves. */
    public Broker broker(int backoffMillis) {
        Path directory = scratch.resolve("broker-" + backoffMillis);
        OsProcess process = java(
                "broker-" + backoffMillis,
                "",
                List.of(),
                BrokerMain.class.getName(),
                List.of(directory.toString(), Integer.toString(backoffMillis)));
        String bootstrap =
                process.awaitLine(Pattern.compile("READY (\\S+)"), START).group(1);
        return new Broker(process, bootstrap);
    }

    /** Starts a system under test. */
    public OsProcess start(Contestant contestant, String bootstrap, String feed) {
        try {
            Path directory = Files.createDirectories(scratch.resolve(feed));
            return java(
                    feed,
                    contestant.module(),
                    contestant.options(),
                    contestant.mainClass(),
                    Setup.arguments(bootstrap, feedFile(), feed, contestant.logPartitions(), directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jars on a module's class path that say which Kafka it is. */
    public String kafkaOf(String module) {
        return Stream.of(read(home.resolve(module).resolve("target/class.path")).split(":"))
                .map(jar -> jar.substring(jar.lastIndexOf('/') + 1))
                .filter(KAFKA_JAR.asMatchPredicate())
                .map(jar -> jar.replace(".jar", ""))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** The work. */
    public Path feedFile() {
        return home.resolve("feed/feed.yaml");
    }

    private OsProcess java(String name, String module, List<String> options, String mainClass, List<String> args) {
        Path target = home.resolve(module).resolve("target");
        List<String> all = new ArrayList<>(JVM);
        all.addAll(options);
        all.add("-cp");
        all.add(target.resolve("classes") + ":" + read(target.resolve("class.path")));
        return OsProcess.java(scratch.resolve(name + ".out"), all, mainClass, args);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("not built: " + file, e);
        }
    }
}
