package io.leat.delivery.lane;

/**
 * How many attempts of a lane may be open at once: more with every answer, half as many whenever none comes. A client
 * that hangs holds few connections, a client that answers as many as it was allowed.
 */
final class Window {

    private static final int FIRST = 4;

    private final int most;
    private int size;

    Window(int most) {
        this.most = most;
        this.size = Math.min(FIRST, most);
    }

    void answered() {
        size = Math.min(most, size + 1);
    }

    void unanswered() {
        size = Math.max(1, size / 2);
    }

    boolean hasRoom(int open) {
        return open < size;
    }
}
