package io.leat.core;

import org.jspecify.annotations.Nullable;

/**
 * What the values known of a key stand on.
 *
 * @param sameness the {@link Sameness#fingerprint} of the rules they were read by, {@link Sameness#UNMARKED} if nobody wrote
 *     it down
 * @param told values that were told last in another form or, while the rules called it the same, with another value than is
 *     known now; {@code null} if there are none
 */
public record Footing(int sameness, @Nullable Compared told) {

    /** Of what was known before it was written down. */
    public static final Footing UNMARKED = new Footing(Sameness.UNMARKED, null);
}
