package io.leat.testkit;

/** How a {@link Wire} carries what is said over it. */
public enum Weather {
    /** As it came, at once. */
    FAIR,
    /** Nothing passes either way until it is fair again; then what was said passes, as TCP would send it again. */
    CUT,
    /** What clients say does not pass; answers do. */
    CUT_THERE,
    /** What the server says does not pass; requests do. */
    CUT_BACK,
    /** One byte at a time. */
    SLICED,
    /** Each piece 300 ms late, both ways. */
    LATE,
    /** 50 kB a second a connection, each way. */
    NARROW,
    /** Each connection is reset within two seconds. */
    RESETTING,
    /** The server's end is closed and the client never hears of it; who connects anew is not answered. */
    HALF_OPEN
}
