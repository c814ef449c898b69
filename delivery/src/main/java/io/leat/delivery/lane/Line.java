package io.leat.delivery.lane;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The changes of one key that wait, in their order. */
final class Line {

    final String key;
    final Deque<Waiting> waiting = new ArrayDeque<>();
    State state = State.READY;
    int attempts;
    long retryAt;

    Line(String key) {
        this.key = key;
    }

    enum State {
        /** Its first change may be sent. */
        READY,
        /** Its first change failed and waits for its next attempt. */
        RESTING,
        /** A change is under way, or delivered and not yet committed: the next one has to wait. */
        HELD
    }

    /** Whether its first change has failed before: it then goes alone, so that it cannot spoil a batch twice. */
    boolean isRetrying() {
        return attempts > 0;
    }

    void putBack(List<Waiting> changes) {
        for (int i = changes.size() - 1; i >= 0; i--) {
            waiting.addFirst(changes.get(i));
        }
    }

    /** Forgets the attempts: what comes next was never tried. */
    void startAnew() {
        attempts = 0;
        retryAt = 0;
    }
}
