package io.leat.gateway.status;

/**
 * What somebody asks a trace about.
 *
 * @param by what the text is
 * @param text as it was sent
 * @param last of a key at most so many records, the newest
 */
public record TraceQuestion(By by, String text, int last) {

    static final int USUAL = 20;
    static final int MOST = 1_000;
    static final int LONGEST = 4_096;

    /** What can be asked about. */
    public enum By {
        /** A key, as a canonical JSON list. */
        KEY,
        /** A record, {@code TOPIC:PARTITION:OFFSET}. */
        POSITION,
        /** The id of a change. */
        CHANGE
    }
}
