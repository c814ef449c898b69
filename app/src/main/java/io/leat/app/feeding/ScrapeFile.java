package io.leat.app.feeding;

import com.github.luben.zstd.ZstdInputStream;
import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file of scrapes, plain or packed with gzip or zstd (told by the first bytes, not the name), or those that
 * come through standard input or a pipe, as they come. For one reading thread; {@link #consumed} is safe for any.
 */
public final class ScrapeFile implements AutoCloseable {

    /** Longer lines are cut here: they are above every limit, and must not fill the memory. */
    public static final int MAX_LINE = (1 << 20) + 1;

    private static final int BUFFER = 1 << 16;
    private static final Pattern ARRAY = Pattern.compile("\\s*\\[\\s*(\\{|\\n)");

    private final Path file;
    private final long size;
    private final AtomicLong consumed = new AtomicLong();
    private final boolean isStream;
    private @Nullable InputStream lines;
    private boolean isBegun;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private int at;
    private final CRC32C content = new CRC32C();
    private long number;

    private ScrapeFile(Path file, long size, boolean isStream) {
        this.file = file;
        this.size = size;
        this.isStream = isStream;
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
     * Opens a file. A pipe, or standard input where {@link Spool#STANDARD_INPUT} is given, is opened when its first line is
     * asked for: that may be long after.
     *
     * @throws Failure if it cannot be read
     */
    public static ScrapeFile open(Path file) {
        if (Spool.isStream(file)) {
            return new ScrapeFile(file, 0, true);
        }
        if (!Files.isRegularFile(file)) {
            throw Failure.environment(
                    "LEAT-410",
                    "There is no file '%s'.".formatted(file),
                    "Give a JSON Lines file, plain, .gz or .zst; - for standard input.");
        }
        try {
            ScrapeFile scrapes = new ScrapeFile(file, Files.size(file), false);
            scrapes.begin();
            return scrapes;
        } catch (IOException e) {
            throw broken(file, 0, e);
        }
    }

    /** @throws Failure if it is one JSON array */
    private void begin() throws IOException {
        isBegun = true;
        InputStream raw = file.equals(Spool.STANDARD_INPUT) ? System.in : openFile();
        lines = unpack(new BufferedInputStream(counted(raw), BUFFER));
        if (isArray()) {
            close();
            throw new Failure(
                    Exit.FEED_FILE,
                    "LEAT-443",
                    "%s is one JSON array, not one record a line."
                            .formatted(
                                    file.equals(Spool.STANDARD_INPUT)
                                            ? "Standard input"
                                            : "The file '%s'".formatted(file)),
                    "Take it apart first: jq -c '.[]' FILE > records.jsonl");
        }
    }

    /** What {@link Files} opens cannot tell of a pipe how much there is to read. */
    private InputStream openFile() throws IOException {
        return isStream ? new FileInputStream(file.toFile()) : Files.newInputStream(file);
    }

    /** Whether its lines come one by one and cannot be read again. */
    boolean isStream() {
        return isStream;
    }

    /** Whether the next line, or its beginning, can be read without waiting for whoever writes it. */
    boolean isReady() {
        try {
            return !isStream || at < filled || (lines != null && lines.available() > 0);
        } catch (IOException e) {
            return true; // reading says what is wrong
        }
    }

    /** Whether it begins as a list of objects, which may go on over many lines. */
    private boolean isArray() throws IOException {
        if (!fill()) {
            return false;
        }
        String start = new String(buffer, 0, Math.min(filled, 256), StandardCharsets.ISO_8859_1);
        return ARRAY.matcher(start).lookingAt();
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
            if (!isBegun) {
                begin();
            }
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
        filled = lines == null ? 0 : Math.max(0, lines.read(buffer));
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
                        "The file '%s' is damaged after line %s: %s.".formatted(file, lines, cause.getMessage()),
                        "Everything before it was read. Repair the file and run the same command again:"
                                + " it goes on after the last line fed.")
                .because(cause);
    }

    /** How much of the file, as it lies on disk, has been read. */
    public long consumed() {
        return consumed.get();
    }

    /** How long the file is on disk; 0 of one that still comes. */
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
            if (lines != null && !file.equals(Spool.STANDARD_INPUT)) {
                lines.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
