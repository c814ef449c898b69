package io.leat.delivery.webhook;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver wrote below its status line, for people to look at: the first {@value #MOST_BYTES} bytes. It comes after the
 * outcome is known, or never. Thread-safe.
 */
public final class SeenAnswer {

    static final int MOST_BYTES = 2_048;

    private @Nullable ByteArrayOutputStream first;
    private @Nullable String type;
    private long bytes;

    /** One that has come. */
    public static SeenAnswer of(@Nullable String type, String text) {
        SeenAnswer seen = new SeenAnswer();
        seen.begins(type);
        seen.comes(Buffer.buffer(text));
        return seen;
    }

    synchronized void begins(@Nullable String mediaType) {
        type = mediaType == null || mediaType.length() > 100 ? null : mediaType;
    }

    synchronized void comes(Buffer part) {
        bytes += part.length();
        if (first == null) {
            first = new ByteArrayOutputStream(Math.min(part.length(), MOST_BYTES));
        }
        int room = Math.min(part.length(), MOST_BYTES - first.size());
        if (room > 0) {
            first.writeBytes(part.getBytes(0, room));
        }
    }

    /** Its media type; {@code null} if none was said. */
    public synchronized @Nullable String type() {
        return type;
    }

    /** As text; what is no UTF-8 shows as replacement characters. */
    public synchronized String text() {
        return first == null ? "" : first.toString(StandardCharsets.UTF_8);
    }

    /** How long it was as far as it was read. */
    public synchronized long bytes() {
        return bytes;
    }
}
