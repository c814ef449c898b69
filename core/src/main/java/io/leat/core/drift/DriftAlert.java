package io.leat.core.drift;

/**
 * A field of a site looks otherwise than it did, or does so no more.
 *
 * @param number 1, 2, 3 … for the field of the site; a start and its end share one
 * @param state what is told
 * @param now how the field looks since then
 * @param before how it looked mostly
 * @param sinceMillis when the first scrape that looked so was taken
 * @param atMillis when the scrape was taken that settled it
 * @param records scrapes that looked so, of those since then
 * @param share their share of the scrapes since then, 0 to 1
 * @param sample a short quote of a value as it is now; empty if there is none
 * @param sampleBefore a short quote of a value as it was; empty if there is none
 */
public record DriftAlert(
        String site,
        String field,
        int number,
        State state,
        Look now,
        Look before,
        long sinceMillis,
        long atMillis,
        long records,
        double share,
        String sample,
        String sampleBefore) {

    /** What is told. */
    public enum State {
        /** It has begun. */
        STARTED,
        /** The field looks as it did before. */
        OVER,
        /** It has lasted so long that it is the usual now. */
        SETTLED
    }
}
