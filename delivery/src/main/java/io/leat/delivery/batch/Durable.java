package io.leat.delivery.batch;

/**
 * How far an end is.
 *
 * @param position everything below this offset is durable: the cursor
 * @param superseded whether somebody else has gone on from the same place; the lane begins anew at {@code position}
 */
public record Durable(long position, boolean superseded) {

    /** Everything below an offset is durable. */
    public static Durable below(long position) {
        return new Durable(position, false);
    }
}
