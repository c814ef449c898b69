package io.leat.core;

import java.io.Serializable;

/**
 * How much of a scrape is read before it is refused: what a stranger sends must not cost more than it is worth.
 *
 * @param bytes the most bytes of a record
 * @param depth the most objects and arrays within one another
 * @param tokens the most names and values
 * @param name the most characters (UTF-16) of a member's name
 * @param string the most characters (UTF-16) of a text
 * @param number the most digits of a number, those of its exponent included
 * @param duplicates what becomes of a record that has a name twice in one object
 */
public record Limits(int bytes, int depth, int tokens, int name, int string, int number, Duplicates duplicates)
        implements Serializable {

    /** The widest that can be declared; a change holds two items and must fit a record of the change log. */
    public static final Limits WIDEST = new Limits(1 << 20, 256, 1 << 20, 1 << 16, 1 << 20, 1_000, Duplicates.REFUSE);

    /** What holds where nothing is declared. */
    public static final Limits DEFAULT = new Limits(1 << 20, 64, 250_000, 256, 1 << 18, 100, Duplicates.REFUSE);

    public Limits {
        if (Math.min(Math.min(bytes, depth), Math.min(tokens, Math.min(name, Math.min(string, number)))) < 1) {
            throw new IllegalArgumentException("limits are above 0");
        }
    }

    /** What becomes of a record that has a name twice in one object. */
    public enum Duplicates {
        /** It is refused: which of the two counts is anybody's guess. */
        REFUSE,
        /** The last of them counts, as in most languages that scrapers are written in. */
        LAST
    }
}
