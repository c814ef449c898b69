package io.leat.core.silence;

/**
 * Something about a site, or about all of them, has begun, grown worse, or is over.
 *
 * @param kind what it is
 * @param site whose; empty for all together
 * @param state what is told
 * @param sinceMillis when it began: of silence, when the broker took the last record; of a drop or surge, where the first
 *     window began that shows it. Milliseconds since 1970; the same in all that is told of it
 * @param atMillis up to when it is known
 * @param is milliseconds of silence; records in a window
 * @param limit milliseconds of silence after which it is told; records to be expected in a window
 * @param windowMillis how long that window is; 0 for silence
 */
public record SiteAlert(
        Kind kind, String site, State state, long sinceMillis, long atMillis, long is, long limit, long windowMillis) {

    /** What can be told. */
    public enum Kind {
        /** Nothing comes from a site. */
        SILENCE,
        /** Nothing comes from any site: it is not theirs. */
        INTAKE,
        /** Far fewer records come than usual. */
        DROP,
        /** Far more records come than usual. */
        SURGE
    }

    /** What is told. */
    public enum State {
        STARTED,
        /** It has lasted half as long again: somebody should look now. */
        WORSE,
        OVER
    }
}
