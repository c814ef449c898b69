package io.leat.gateway.ingest;

import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers by Idempotency-Key, so that a repeated request gets the first one's. Bounded, and of this gateway alone: what
 * guards against second changes is that the job drops scrapes that repeat. Thread-safe.
 */
final class Repeats {

    private static final long MAX_BYTES = 32L << 20;
    /** What an entry takes besides its answer, about. */
    private static final int ENTRY_BYTES = 500;

    private final Map<String, Seen> seen = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /**
     * A request with a key.
     *
     * @param print of its body
     * @param answer {@code null} while it is under way
     */
    record Seen(String print, @Nullable Buffer answer) {}

    /** What is known of an earlier request with this key; if nothing, this one is under way now. */
    synchronized @Nullable Seen begin(String key, String print) {
        return seen.putIfAbsent(key, new Seen(print, null));
    }

    /** It was answered so. */
    synchronized void done(String key, String print, Buffer answer) {
        seen.put(key, new Seen(print, answer));
        bytes += answer.length() + ENTRY_BYTES;
        var oldest = seen.entrySet().iterator();
        while (bytes > MAX_BYTES && oldest.hasNext()) {
            Buffer old = oldest.next().getValue().answer();
            if (old != null) {
                bytes -= old.length() + ENTRY_BYTES;
                oldest.remove();
            }
        }
    }

    /** It failed: the next one with this key is a first one. */
    synchronized void failed(String key) {
        seen.remove(key);
    }
}
