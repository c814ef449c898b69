package io.leat.core;

/**
 * Up to where the scrapes of a raw partition no longer count for a key, because a person has reset it there.
 *
 * @param partition of the raw topic
 * @param offset of the reset; scrapes of this partition that stand before it tell nothing
 */
public record Floor(int partition, long offset) {

    boolean isAbove(Position position) {
        return position.partition() == partition && position.offset() <= offset;
    }
}
