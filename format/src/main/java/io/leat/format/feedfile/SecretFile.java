package io.leat.format.feedfile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads a small text that is not to stand where others read: from a regular file, and within a time, whatever the file system does. */
public final class SecretFile {

    private static final int MOST_BYTES = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private SecretFile() {}

    /** The file gives no text. Its message ends a sentence that begins with the file's name. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    /** The text without the space around it. */
    public static String read(Path file) throws Unreadable {
        FutureTask<String> reading = new FutureTask<>(() -> text(file));
        Thread thread = new Thread(reading, "leat-secret-file");
        thread.setDaemon(true);
        thread.start();
        try {
            return reading.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Unreadable("cannot be read within " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreadable("cannot be read");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Unreadable known ? known : new Unreadable("cannot be read");
        }
    }

    /** A pipe or a device may never end, or never begin. */
    private static String text(Path file) throws Unreadable, IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new Unreadable("is no regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new Unreadable("is longer than " + MOST_BYTES + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .trim();
        } catch (CharacterCodingException e) {
            throw new Unreadable("is not text in UTF-8");
        }
    }
}
