package io.leat.app.feeding;

import com.github.luben.zstd.ZstdInputStream;
import io.leat.app.exit.Failure;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file of scrapes, plain or packed with gzip or zstd (told by the first bytes, not the name). For one
 * reading thread; {@link #consumed} is safe for any.
 */
public final class ScrapeFile implements AutoCloseable {

    /** Longer lines are cut here: they are above every limit, and must not fill the memory. */
    public static final int MAX_LINE = (1 << 20) + 1;

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final long size;
    private final AtomicLong consumed = new AtomicLong();
    private final InputStream lines;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private int at;
    private final CRC32C content = new CRC32C();
    private long number;

    private ScrapeFile(Path file) throws IOException {
        this.file = file;
        this.size = Files.size(file);
        this.lines = unpack(new BufferedInputStream(counted(Files.newInputStream(file)), BUFFER));
    }

    /**
     * One line.
     *
     * @param number from 1; blank lines count
     * @param bytes without the line's end
     * @param content a checksum of the file up to here, blank lines apart: two files that agree in it begin alike
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
    public record Line(long number, byte[] bytes, long content) {}

    /**
     * Opens a file.
     *
     * @throws Failure if it cannot be read
     */
    public static ScrapeFile open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw Failure.environment(
                    "LEAT-410",
                    "There is no file '%s'.".formatted(file),
                    "Give a JSON Lines file, plain, .gz or .zst.");
        }
        try {
            return new ScrapeFile(file);
        } catch (IOException e) {
            throw broken(file, 0, e);
        }
    }

    /** The same file once more, from its beginning. */
    ScrapeFile again() {
        return open(file);
    }

    private InputStream counted(InputStream raw) {
        return new FilterInputStream(raw) {
            @Override
            public int read() throws IOException {
                int one = super.read();
                consumed.addAndGet(one < 0 ? 0 : 1);
                return one;
            }

            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                int count = super.read(target, from, length);
                consumed.addAndGet(Math.max(0, count));
                return count;
            }
        };
    }

    private static InputStream unpack(BufferedInputStream packed) throws IOException {
        packed.mark(4);
        byte[] magic = packed.readNBytes(4);
        packed.reset();
        if (magic.length >= 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b) {
            return new GZIPInputStream(packed, BUFFER);
        }
        boolean zstd = magic.length == 4
                && (magic[0] & 0xff) == 0x28
                && (magic[1] & 0xff) == 0xb5
                && (magic[2] & 0xff) == 0x2f
                && (magic[3] & 0xff) == 0xfd;
        return zstd ? new ZstdInputStream(packed) : packed;
    }

    /**
     * The next line that is not blank, {@code null} after the last.
     *
     * @throws Failure if the file is damaged here; a line cut by the damage is not given
     */
    public @Nullable Line next() {
        try {
            byte[] bytes = nextBytes();
            while (bytes != null && isBlank(bytes)) {
                bytes = nextBytes();
            }
            if (bytes == null) {
                return null;
            }
            content.update(bytes);
            content.update('\n');
            return new Line(number, bytes, content.getValue());
        } catch (IOException e) {
            throw broken(file, number, e);
        }
    }

    private byte @Nullable [] nextBytes() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean any = false;
        while (at < filled || fill()) {
            any = true;
            int end = at;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            line.write(buffer, at, Math.min(end - at, MAX_LINE - line.size()));
            boolean ended = end < filled;
            at = ended ? end + 1 : end;
            if (ended) {
                break;
            }
        }
        if (!any) {
            return null;
        }
        number++;
        return withoutReturn(line.toByteArray());
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, lines.read(buffer));
        return filled > 0;
    }

    private static byte[] withoutReturn(byte[] line) {
        return line.length > 0 && line[line.length - 1] == '\r' ? java.util.Arrays.copyOf(line, line.length - 1) : line;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    private static Failure broken(Path file, long lines, IOException cause) {
        return Failure.runtime(
                        "LEAT-411",
                        "The file '%s' is damaged after line %d: %s.".formatted(file, lines, cause.getMessage()),
                        "Everything before it was read. Repair the file and run the same command again:"
                                + " it goes on after the last line fed.")
                .because(cause);
    }

    /** How much of the file, as it lies on disk, has been read. */
    public long consumed() {
        return consumed.get();
    }

    /** How long the file is on disk. */
    public long size() {
        return size;
    }

    /** The file's name without its directory: what marks its records in the raw topic. */
    public String name() {
        return String.valueOf(file.getFileName());
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
