package io.leat.delivery.batch;

import org.jspecify.annotations.Nullable;

/**
 * How far an end is.
 *
 * @param position everything below this offset is durable: the cursor
 * @param superseded whether somebody else has gone on from the same place; the lane begins anew at {@code position}
 * @param mark what tells the end from another of its name, kept with the cursor; {@code null} if nothing has changed
 */
public record Durable(long position, boolean superseded, @Nullable String mark) {

    /** Nothing is to be kept beside the position. */
    public Durable(long position, boolean superseded) {
        this(position, superseded, null);
    }

    /** Everything below an offset is durable. */
    public static Durable below(long position) {
        return new Durable(position, false);
    }
}
