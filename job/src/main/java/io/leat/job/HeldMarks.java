package io.leat.job;

import io.leat.core.WaitingPlaces;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.jspecify.annotations.Nullable;

/**
 * Watermarks that wait for the items that came before them, first come first. Of many only the last of the latest is kept. No
 * part of checkpoints: after a restart event time is made known anew. Used by the task's thread.
 */
final class HeldMarks {

    private static final int MOST_HELD = 64;

    private record Held(Watermark mark, Map<Integer, Long> behind) {}

    private final Deque<Held> held = new ArrayDeque<>();

    void hold(Watermark mark, WaitingPlaces places) {
        if (held.size() == MOST_HELD) {
            held.removeLast();
        }
        held.addLast(new Held(mark, places.lastRead()));
    }

    /** The first, if all who came before it have gone; else {@code null}. */
    @Nullable
    Watermark next(WaitingPlaces places) {
        Held first = held.peekFirst();
        if (first == null || !places.areGone(first.behind())) {
            return null;
        }
        held.removeFirst();
        return first.mark();
    }

    boolean isEmpty() {
        return held.isEmpty();
    }
}
