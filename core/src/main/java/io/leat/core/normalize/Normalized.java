package io.leat.core.normalize;

/**
 * What became of a scraped value.
 *
 * @param <T> the kind of the normal form
 */
public sealed interface Normalized<T> {

    /** It has one meaning. */
    record Normal<T>(T value) implements Normalized<T> {}

    /** Nothing is told: empty, a dash, "n/a". Not a failure. */
    record Absent<T>() implements Normalized<T> {}

    /**
     * It has several meanings, and nothing says which.
     *
     * @param why which, in a few words, without quoting the value at length
     */
    record Ambiguous<T>(String why) implements Normalized<T> {}

    /**
     * It has no meaning of the kind that was asked for.
     *
     * @param why in a few words
     */
    record Unparsed<T>(String why) implements Normalized<T> {}
}
