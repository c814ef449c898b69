package io.leat.app.process;

import io.leat.testkit.OsProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * JVM options for a process of the product: its class path, a class archive that spares each start some seconds, and the
 * quick compiler alone, for lives of seconds. The archive is made once per build, from the built jars, whichever test JVM
 * comes first; where there are none, processes start without it.
 */
public final class QuickStart {

    private static final Path JARS = Path.of("target/lib");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-Xlog:disable",
            "-Xlog:all=error:stderr");

    private static List<String> prepared = List.of();

    private QuickStart() {}

    /** The options, class path included. */
    public static synchronized List<String> options() {
        if (prepared.isEmpty()) {
            prepared = prepare();
        }
        return prepared;
    }

    private static List<String> prepare() {
        String tests = System.getProperty("java.class.path");
        String jars = jars();
        List<String> options = new ArrayList<>(OPTIONS);
        Path archive = Path.of("target/quick-start.jsa").toAbsolutePath();
        if (!jars.isEmpty() && archivedOnce(jars, archive)) {
            options.add("-XX:SharedArchiveFile=" + archive);
        }
        options.add("-cp");
        options.add(jars.isEmpty() ? tests : jars + ":" + tests);
        return List.copyOf(options);
    }

    private static boolean archivedOnce(String jars, Path archive) {
        try (FileChannel lock = FileChannel.open(
                        archive.resolveSibling("quick-start.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock held = lock.lock()) {
            return (held.isValid() && isNewer(archive, jars)) || archived(jars, archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isNewer(Path archive, String jars) throws IOException {
        if (!Files.exists(archive)) {
            return false;
        }
        FileTime made = Files.getLastModifiedTime(archive);
        for (String jar : jars.split(File.pathSeparator)) {
            if (made.compareTo(Files.getLastModifiedTime(Path.of(jar))) <= 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean archived(String jars, Path archive) {
        List<String> options = new ArrayList<>(OPTIONS);
        options.addAll(List.of(
                "-XX:ArchiveClassesAtExit=" + archive,
                "-Dleat.home=" + Path.of("..").toAbsolutePath(),
                "-cp",
                jars));
        try {
            Path dir = Files.createTempDirectory("leat-quick-start");
            try (OsProcess process = OsProcess.java(
                    dir.resolve("out"),
                    options,
                    "io.leat.app.Leat",
                    List.of("demo", "--warm-up", "--data", dir.resolve("data").toString()))) {
                return process.awaitExit(PATIENCE) == 0 && Files.exists(archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An archive is made for jars only, and used where the class path begins with the same ones. */
    private static String jars() {
        Path target = Path.of("target");
        if (!Files.isDirectory(JARS)) {
            return "";
        }
        try (Stream<Path> own = Files.list(target);
                Stream<Path> libraries = Files.list(JARS)) {
            List<String> jars = Stream.concat(
                            own.filter(file -> file.getFileName().toString().matches("leat-app-.*\\.jar")),
                            libraries.sorted())
                    .map(file -> file.toAbsolutePath().toString())
                    .toList();
            return String.join(":", jars);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
