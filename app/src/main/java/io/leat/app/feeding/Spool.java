package io.leat.app.feeding;

import io.leat.app.exit.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps what comes through a pipe in a file of its own, so that it can be read as any other. */
public final class Spool {

    /** What a command is given that shall read standard input. */
    public static final Path STANDARD_INPUT = Path.of("-");

    private static final long MOST_BYTES = 1L << 30;
    private static final int BUFFER = 1 << 16;

    private Spool() {}

    /** Whether what is given can be read once only: standard input, or a pipe such as a shell's {@code <(…)}. */
    public static boolean isStream(Path given) {
        return given.equals(STANDARD_INPUT)
                || (Files.exists(given) && !Files.isRegularFile(given) && !Files.isDirectory(given));
    }

    /**
     * The file itself, or one with what standard input or a pipe held; that is deleted when the process ends in good order.
     *
     * @throws Failure if more than 1 GB comes, or it cannot be kept
     */
    public static Path fileOf(Path given) {
        if (!isStream(given)) {
            return given;
        }
        if (given.equals(STANDARD_INPUT)) {
            return keep(System.in, "Standard input");
        }
        try (InputStream pipe = Files.newInputStream(given)) {
            return keep(pipe, "'%s'".formatted(given));
        } catch (IOException e) {
            throw Failure.environment(
                            "LEAT-410",
                            "'%s' cannot be read: %s.".formatted(given, e.getMessage()),
                            "Write it to a file and give that.")
                    .because(e);
        }
    }

    private static Path keep(InputStream in, String called) {
        try {
            Path file = Files.createTempFile("leat-stdin-", ".jsonl");
            file.toFile().deleteOnExit();
            long kept = 0;
            byte[] buffer = new byte[BUFFER];
            try (OutputStream out = Files.newOutputStream(file)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    kept += read;
                    if (kept > MOST_BYTES) {
                        Files.delete(file);
                        throw Failure.environment(
                                "LEAT-410", called + " holds more than 1 GB.", "Write it to a file and give that.");
                    }
                    out.write(buffer, 0, read);
                }
            }
            return file;
        } catch (IOException e) {
            throw Failure.environment(
                            "LEAT-403",
                            "%s cannot be kept in '%s': %s."
                                    .formatted(called, System.getProperty("java.io.tmpdir"), e.getMessage()),
                            "Write it to a file and give that.")
                    .because(e);
        }
    }
}
