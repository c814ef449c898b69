package io.leat.testkit;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The lines of a text file, plain, {@code .gz} or {@code .zst}. */
public final class StreamFile {

    private static final int BUFFER = 1 << 16;

    private StreamFile() {}

    /** Takes the lines of a file. */
    @FunctionalInterface
    public interface Lines {
        /** One line without its end; empty lines too. */
        void line(byte[] line);
    }

    /** Reads all lines of a file and says how many there were. */
    public static long forEachLine(Path file, Lines lines) throws IOException {
        long count = 0;
        byte[] buffer = new byte[BUFFER];
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        try (InputStream in = open(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int from = 0;
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n') {
                        line.write(buffer, from, i - from);
                        lines.line(line.toByteArray());
                        line.reset();
                        count++;
                        from = i + 1;
                    }
                }
                line.write(buffer, from, read - from);
            }
        }
        if (line.size() > 0) {
            lines.line(line.toByteArray());
            count++;
        }
        return count;
    }

    @SuppressWarnings("MustBeClosed")
    private static InputStream open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            String name = file.toString();
            if (name.endsWith(".gz")) {
                return new GZIPInputStream(raw, BUFFER);
            }
            return name.endsWith(".zst") ? new ZstdInputStream(raw) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }
}
