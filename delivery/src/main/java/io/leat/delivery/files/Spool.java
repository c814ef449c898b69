package io.leat.delivery.files;

import com.github.luben.zstd.ZstdOutputStream;
import io.leat.core.delivery.JsonFiles.Compression;
import io.leat.delivery.lane.LogEntry;
import io.leat.format.EventTimes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A file of changes on its way: JSON Lines, compressed, with what its manifest says of it. For one thread at a time. */
final class Spool implements AutoCloseable {

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
        this.path = Files.createTempFile(directory, "spool-", ".part");
        this.out = compressed(
                new BufferedOutputStream(new DigestOutputStream(Files.newOutputStream(path), digest), BUFFER),
                compression);
    }

    private static OutputStream compressed(OutputStream out, Compression compression) throws IOException {
        return switch (compression) {
            case GZIP -> new GZIPOutputStream(out, BUFFER);
            case ZSTD -> new ZstdOutputStream(out, ZSTD_LEVEL);
            case NONE -> out;
        };
    }

    /** Adds a change as one line. */
    void add(LogEntry entry, byte[] line) throws IOException {
        out.write(line);
        out.write('\n');
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
    String finish() throws IOException {
        String known = sha256;
        if (known == null) {
            out.close();
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
