package io.leat.gateway.stream;

import io.leat.gateway.log.OpenLog;
import io.leat.gateway.log.Told;
import io.vertx.core.buffer.Buffer;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Frames of the newest changes, laid out once for all readers who take everything from the head. Bounded. Thread-safe.
 */
final class SharedFrames {

    private static final int MAX_CHANGES = 128;
    private static final int MAX_BYTES = 32 << 10;
    private static final int KEPT = 64;

    private final OpenLog log;
    private final Framing framing;
    private final Map<Long, Piece> pieces = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Piece> eldest) {
            return size() > KEPT;
        }
    };

    SharedFrames(OpenLog log, Framing framing) {
        this.log = log;
        this.framing = framing;
    }

    /** Those of a log, for each way to lay them out. */
    static Map<Framing, SharedFrames> of(OpenLog log) {
        Map<Framing, SharedFrames> frames = new EnumMap<>(Framing.class);
        for (Framing framing : Framing.values()) {
            frames.put(framing, new SharedFrames(log, framing));
        }
        return frames;
    }

    /**
     * Changes side by side on the wire.
     *
     * @param count how many
     * @param last the last of them
     */
    record Piece(int count, Told last, Buffer bytes) {}

    /**
     * The next piece from a number on; {@code null} if there is none, because nothing has come or because it has been
     * dropped.
     */
    synchronized @Nullable Piece from(long number) {
        Piece kept = pieces.get(number);
        if (kept != null && (kept.count() == MAX_CHANGES || kept.bytes().length() >= MAX_BYTES)) {
            return kept;
        }
        List<Told> changes = log.head(number, MAX_CHANGES);
        if (changes == null || changes.isEmpty()) {
            return null;
        }
        if (kept != null && kept.count() == changes.size()) {
            return kept;
        }
        Buffer bytes = Buffer.buffer();
        int count = 0;
        while (count < changes.size() && bytes.length() < MAX_BYTES) {
            Told change = changes.get(count++);
            framing.change(bytes, change.value(), log.id(change.after()));
        }
        Piece piece = new Piece(count, changes.get(count - 1), bytes);
        pieces.put(number, piece);
        return piece;
    }
}
