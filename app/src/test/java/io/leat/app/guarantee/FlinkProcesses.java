package io.leat.app.guarantee;

import io.leat.app.embedded.FreePort;
import io.leat.testkit.OsProcess;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint;
import org.awaitility.Awaitility;

/**
 * A Flink cluster of processes of their own on the loopback: a job manager and task managers with two slots each, from
 * Flink's jars alone. Whatever else a job needs it has to bring.
 */
public final class FlinkProcesses implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern FLINKS_OWN = Pattern.compile(
            "flink-(?!connector-(base|kafka)).*|(log4j|slf4j|commons-|kryo|minlog|objenesis|reflectasm|snakeyaml|snappy|lz4|javassist"
                    + "|jackson|RoaringBitmap|frocksdbjni|async-profiler|jsr305).*");
    private static final Pattern COMPLETED = Pattern.compile("\"completed\":[1-9]");
    private static final Pattern JOB =
            Pattern.compile("\"id\":\"([0-9a-f]+)\",\"status\":\"(?:RUNNING|RESTARTING|FAILING|CREATED)\"");
    private static final Pattern FAILURE = Pattern.compile("\"exceptionName\":");
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "-Dlog4j2.level=WARN",
            "-Dpekko.remote.classic.startup-timeout=300s", // Flink's own option is not heard
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED");

    private final Path dir;
    private final UnaryOperator<List<String>> over;
    private final int rest = FreePort.find();
    private final int rpc = FreePort.find();
    private final List<OsProcess> taskManagers = new ArrayList<>();
    private OsProcess jobManager;
    private int started;

    FlinkProcesses(Path dir, int taskManagers) throws IOException {
        this(dir, taskManagers, command -> command);
    }

    /** @param over makes of the command of a process the one that starts it */
    public FlinkProcesses(Path dir, int taskManagers, UnaryOperator<List<String>> over) throws IOException {
        this.dir = Files.createDirectories(dir);
        this.over = over;
        Files.writeString(
                dir.resolve("config.yaml"),
                """
                rest.address: 127.0.0.1
                rest.bind-address: 127.0.0.1
                rest.port: %s
                jobmanager.rpc.address: 127.0.0.1
                jobmanager.bind-host: 127.0.0.1
                jobmanager.rpc.port: %s
                jobmanager.memory.process.size: 1g
                taskmanager.host: 127.0.0.1
                taskmanager.bind-host: 127.0.0.1
                taskmanager.numberOfTaskSlots: 2
                taskmanager.cpu.cores: 1.0
                taskmanager.memory.framework.heap.size: 128m
                taskmanager.memory.framework.off-heap.size: 128m
                taskmanager.memory.jvm-metaspace.size: 256m
                taskmanager.memory.jvm-overhead.min: 192m
                taskmanager.memory.jvm-overhead.max: 192m
                taskmanager.memory.task.heap.size: 256m
                taskmanager.memory.task.off-heap.size: 64m
                taskmanager.memory.managed.size: 32m
                taskmanager.memory.network.min: 32m
                taskmanager.memory.network.max: 32m
                pekko.ask.timeout: 1 min
                web.refresh-interval: 100
                heartbeat.interval: 1000
                heartbeat.timeout: 5000
                blob.storage.directory: %s
                io.tmp.dirs: %s
                """
                        .formatted(rest, rpc, dir.resolve("blobs"), dir.resolve("tmp")));
        jobManager = startJobManager();
        for (int i = 0; i < taskManagers; i++) {
            this.taskManagers.add(startTaskManager());
        }
        awaitSlots(2 * taskManagers);
    }

    /** Where its REST interface is. */
    public String address() {
        return "127.0.0.1:" + rest;
    }

    /** Kills a task manager and starts another in its place. */
    public void killTaskManager(int which) throws IOException {
        taskManagers.get(which).kill9();
        taskManagers.get(which).awaitExit(PATIENCE);
        taskManagers.get(which).close();
        taskManagers.set(which, startTaskManager());
    }

    /** Kills the job manager, and with it all that it knew, and starts another at the same address. */
    public void killJobManager() throws IOException {
        jobManager.kill9();
        jobManager.awaitExit(PATIENCE);
        jobManager.close();
        jobManager = startJobManager();
        awaitSlots(2 * taskManagers.size());
    }

    /**
     * Kills the job manager and starts in its place one that runs a single program, as Flink's application mode does.
     *
     * @param program the one jar of a feed's job
     * @param arguments of its main class
     */
    void become(Path program, List<String> arguments) throws IOException {
        jobManager.kill9();
        jobManager.awaitExit(PATIENCE);
        jobManager.close();
        // What follows an option that takes several would be taken for more of them.
        List<String> all = new ArrayList<>(List.of(
                "--jars", program.toUri().toString(), "--job-classname", "io.leat.job.application.FeedApplication"));
        all.addAll(arguments);
        jobManager = start(StandaloneApplicationClusterEntryPoint.class.getName(), "application", all);
        awaitSlots(2 * taskManagers.size());
    }

    /** Waits until the one job of the cluster has completed a checkpoint. */
    void awaitCheckpoint() {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            Matcher job = JOB.matcher(asked("/jobs"));
            return job.find()
                    && COMPLETED
                            .matcher(asked("/jobs/" + job.group(1) + "/checkpoints"))
                            .find();
        });
    }

    /** The job manager and the task managers as they are now. */
    public List<OsProcess> processes() {
        List<OsProcess> all = new ArrayList<>(taskManagers);
        all.add(0, jobManager);
        return all;
    }

    private OsProcess startJobManager() throws IOException {
        return start("org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint", "jm", List.of());
    }

    private OsProcess startTaskManager() throws IOException {
        return start("org.apache.flink.runtime.taskexecutor.TaskManagerRunner", "tm", List.of());
    }

    private OsProcess start(String main, String role, List<String> arguments) throws IOException {
        List<String> options = new ArrayList<>(OPTIONS);
        options.add("-cp");
        options.add(jars());
        List<String> all = new ArrayList<>(List.of("--configDir", dir.toString()));
        all.addAll(arguments);
        return OsProcess.start(
                dir.resolve(role + "-" + started++ + ".out"), over.apply(OsProcess.javaCommand(options, main, all)));
    }

    private static String jars() throws IOException {
        try (Stream<Path> libraries = Files.list(Path.of("target/lib"))) {
            return Stream.concat(libraries.filter(FlinkProcesses::isFlinks), Stream.of(container()))
                    .map(jar -> jar.toAbsolutePath().toString())
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static boolean isFlinks(Path jar) {
        return FLINKS_OWN.matcher(jar.getFileName().toString()).matches();
    }

    /** What starts application mode belongs to Flink's distribution and to nothing of Leat's. */
    private static Path container() {
        return Path.of(StandaloneApplicationClusterEntryPoint.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    private void awaitSlots(int slots) {
        Pattern total = Pattern.compile("\"slots-total\":" + slots + "\\b");
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> total.matcher(
                        asked("/overview"))
                .find());
    }

    /** How often the job that runs has failed, and was started again, since it was submitted. */
    public long failures() {
        Matcher job = JOB.matcher(asked("/jobs"));
        String history = job.find() ? asked("/jobs/" + job.group(1) + "/exceptions?maxExceptions=1000") : "";
        if (!history.contains("exceptionHistory")) {
            throw new IllegalStateException("no running job that tells its failures");
        }
        return FAILURE.matcher(history).results().count();
    }

    /** What the REST interface answers; nothing if it does not. */
    private String asked(String path) {
        try {
            HttpURLConnection asked = (HttpURLConnection)
                    URI.create("http://" + address() + path).toURL().openConnection();
            asked.setConnectTimeout(1_000);
            asked.setReadTimeout(5_000);
            return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        taskManagers.forEach(OsProcess::close);
        jobManager.close();
    }
}
