package io.leat.app.embedded;

import io.leat.app.exit.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one directory a run keeps: the broker's log, the checkpoints, the log file. One run holds it at a time.
 *
 * <p>The lock is the operating system's: it is gone the moment its process is, however it ended.
 */
public final class DataDirectory implements AutoCloseable {

    private final Path dir;
    private final FileChannel channel;

    private DataDirectory(Path dir, FileChannel channel) {
        this.dir = dir;
        this.channel = channel;
    }

    /**
     * Takes the directory for this process; makes it if need be.
     *
     * @throws Failure if another run holds it or it cannot be written
     */
    public static DataDirectory take(Path dir) {
        return tryTake(dir)
                .orElseThrow(() -> Failure.environment(
                        "LEAT-402",
                        "The directory '%s' is in use by another run (process %s).".formatted(dir, holder(dir)),
                        "Stop that run, or give this one its own directory with --data DIR."));
    }

    /** Takes the directory unless another process holds it. */
    public static Optional<DataDirectory> tryTake(Path dir) {
        FileChannel channel = null;
        try {
            Files.createDirectories(dir);
            channel = FileChannel.open(
                    dir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = lock(channel);
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid), 0);
            return Optional.of(new DataDirectory(dir, channel));
        } catch (IOException e) {
            throw Failure.environment(
                            "LEAT-403",
                            "The directory '%s' cannot be used: %s.".formatted(dir, e.getMessage()),
                            "Give one you may write to with --data DIR.")
                    .because(e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldInThisProcess) {
            return null;
        }
    }

    private static String holder(Path dir) {
        try {
            String pid = Files.readString(dir.resolve("lock")).strip();
            return pid.isEmpty() ? "unknown" : pid;
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Where the broker keeps its log. */
    public Path kafka() {
        return kafka(dir);
    }

    /** Where a broker keeps its log in a directory that may be held by another run. */
    public static Path kafka(Path dir) {
        return dir.resolve("kafka");
    }

    /** Where a run writes how its broker is reached. */
    public static Path endpoint(Path dir) {
        return dir.resolve("endpoint");
    }

    /** Where a run writes at which address it serves HTTP. */
    public static Path http(Path dir) {
        return dir.resolve("http");
    }

    /** Where a feed's checkpoints are. */
    public Path checkpoints(String feed) {
        return dir.resolve("checkpoints").resolve(feed);
    }

    /** The newest checkpoint of a feed in a directory, which may be held by another run. */
    public static Optional<Path> newestCheckpoint(Path dir, String feed) {
        return Checkpoints.newest(dir.resolve("checkpoints").resolve(feed));
    }

    /** Where the job of this feed works on state that is on disk; of no use to the next run. */
    public Path state(String feed) {
        return dir.resolve("state").resolve(feed);
    }

    /** Where is written what a feed has raised an alarm about. */
    public Path alarms(String feed) {
        return dir.resolve("alarms").resolve(feed);
    }

    /** Where is kept what a watch has learned of what the records of sites come to. */
    public Path shares(String feed) {
        return dir.resolve("shares").resolve(feed);
    }

    /** The directory itself. */
    public Path path() {
        return dir;
    }

    /** Empties the directory but for the lock and the log file. */
    public void wipe() {
        for (Path child : List.of(
                kafka(),
                dir.resolve("checkpoints"),
                dir.resolve("state"),
                dir.resolve("alarms"),
                endpoint(dir),
                http(dir))) {
            delete(child);
        }
    }

    private static void delete(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
