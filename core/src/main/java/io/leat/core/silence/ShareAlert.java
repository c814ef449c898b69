package io.leat.core.silence;

/**
 * Something about what a site's records come to has begun, or is over.
 *
 * @param kind what it is
 * @param site whose
 * @param isOver whether it is over
 * @param sinceMillis when it began, milliseconds since 1970; the same in all that is told of it
 * @param atMillis up to when it is known
 * @param records how many it is drawn from
 * @param share of them that are refused or changed; of {@link Kind#UNCHANGED} 0
 * @param usual the largest share that is usual; of {@link Kind#UNCHANGED} the most records in a row that told nothing
 */
public record ShareAlert(
        Kind kind,
        String site,
        boolean isOver,
        long sinceMillis,
        long atMillis,
        long records,
        double share,
        double usual) {

    /** What can be told. */
    public enum Kind {
        /** Nothing changes any more: the scraper may see a page that was kept for it. */
        UNCHANGED,
        /** Nearly everything changes: a parser may read something else than it did. */
        CHANGED,
        /** Far more is refused than usual. */
        REFUSED
    }
}
