package io.leat.app.faults;

/**
 * Something that befalls the cluster, and its end.
 *
 * @param kind what its recovery is counted under
 * @param what exactly
 * @param since from when recovery counts
 * @param strike begins it
 * @param heal ends it
 */
record Trouble(String kind, String what, Since since, Act strike, Act heal) {

    /** From when a recovery counts. */
    enum Since {
        /** From its beginning: the others have to do without. */
        STRUCK,
        /** From its end: nothing is asked for meanwhile. */
        HEALED,
        /** From its beginning and while it lasts, over and over: nobody may notice. */
        UNNOTICED
    }

    /** What is done. */
    interface Act {
        void run() throws Exception;
    }

    static Trouble lasting(String kind, String what, Act strike, Act heal) {
        return new Trouble(kind, what, Since.HEALED, strike, heal);
    }

    static Trouble death(String kind, String what, Act strike, Act heal) {
        return new Trouble(kind, what, Since.STRUCK, strike, heal);
    }

    static Trouble unnoticed(String kind, String what, Act strike, Act heal) {
        return new Trouble(kind, what, Since.UNNOTICED, strike, heal);
    }
}
