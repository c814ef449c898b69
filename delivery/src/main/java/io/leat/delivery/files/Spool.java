package io.leat.delivery.files;

import com.github.luben.zstd.ZstdOutputStream;
import io.leat.core.delivery.JsonFiles.Compression;
import io.leat.delivery.batch.BatchLost;
import io.leat.delivery.lane.LogEntry;
import io.leat.format.EventTimes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of changes on its way: JSON Lines, compressed, with what its manifest says of it. Once it could not be written to,
 * nobody knows what it has: it is lost. For one thread at a time.
 */
final class Spool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final String PREFIX = "spool-";
    private static final String SUFFIX = ".part";
    private static final int BUFFER = 32 << 10;
    private static final int ZSTD_LEVEL = 3;

    private final Path path;
    private final MessageDigest digest = Sha256.digest();
    private final OutputStream out;
    private @Nullable LogEntry first;
    private @Nullable LogEntry last;
    private long changes;
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;
    private @Nullable String sha256;

    Spool(Path directory, Compression compression) throws IOException {
        this.path = Files.createTempFile(directory, PREFIX, SUFFIX);
        this.out = compressed(
                new BufferedOutputStream(new DigestOutputStream(Files.newOutputStream(path), digest), BUFFER),
                compression);
    }

    /** Takes away what writers that were killed have left, if nobody has written to it since a moment. */
    static void sweep(Path directory, long sinceMillis) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            for (Path each : left) {
                if (Files.getLastModifiedTime(each).toMillis() < sinceMillis) {
                    Files.deleteIfExists(each);
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("another has taken it away", e);
        }
    }

    private static OutputStream compressed(OutputStream out, Compression compression) throws IOException {
        return switch (compression) {
            case GZIP -> new GZIPOutputStream(out, BUFFER);
            case ZSTD -> new ZstdOutputStream(out, ZSTD_LEVEL);
            case NONE -> out;
        };
    }

    /** Adds a change as one line. */
    void add(LogEntry entry, byte[] line) throws BatchLost {
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            throw new BatchLost(e);
        }
        if (first == null) {
            first = entry;
        }
        last = entry;
        changes++;
        long time = EventTimes.parse(entry.time());
        earliest = Math.min(earliest, time);
        latest = Math.max(latest, time);
    }

    /** Adds bytes as they are. */
    void add(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /** Ends it; nothing can be added any more. May be called again. */
    String finish() throws BatchLost {
        String known = sha256;
        if (known == null) {
            try {
                out.close();
            } catch (IOException e) {
                throw new BatchLost(e);
            }
            known = Sha256.hex(digest);
            sha256 = known;
        }
        return known;
    }

    Path path() {
        return path;
    }

    /** Its length as it lies there. */
    long length() throws IOException {
        return Files.size(path);
    }

    long changes() {
        return changes;
    }

    /**
     * Its first change.
     *
     * @throws IllegalStateException if it has none
     */
    LogEntry first() {
        return there(first);
    }

    /**
     * Its last change.
     *
     * @throws IllegalStateException if it has none
     */
    LogEntry last() {
        return there(last);
    }

    private static LogEntry there(@Nullable LogEntry entry) {
        if (entry == null) {
            throw new IllegalStateException("a spool without a change");
        }
        return entry;
    }

    /** The earliest event time, microseconds since 1970. */
    long earliestMicros() {
        return earliest;
    }

    /** The latest event time, microseconds since 1970. */
    long latestMicros() {
        return latest;
    }

    /** Takes it away. */
    @Override
    public void close() {
        try {
            if (sha256 == null) {
                out.close();
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit(); // what is left of a spool takes room and harms nobody
        }
    }
}
