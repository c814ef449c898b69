package io.leat.delivery.lane;

/**
 * The attempts that all lanes of a process have open, beyond the first of each: that one is always let through, so that a
 * lane goes on whatever others do. For one thread.
 */
public final class Traffic {

    private final int most;
    private int shared;

    /**
     * Traffic.
     *
     * @param most attempts beyond the first of each lane
     */
    public Traffic(int most) {
        this.most = most;
    }

    boolean lets(int openOfLane) {
        return openOfLane == 0 || hasRoom();
    }

    /** A lane that had so many open begins one more. */
    void began(int openBefore) {
        shared += openBefore == 0 ? 0 : 1;
    }

    /** A lane ends one and has so many left. */
    void ended(int openAfter) {
        shared -= openAfter == 0 ? 0 : 1;
    }

    /** A lane ends with so many open. */
    void left(int open) {
        shared -= Math.max(0, open - 1);
    }

    /** Whether any lane may begin another attempt. */
    public boolean hasRoom() {
        return shared < most;
    }
}
