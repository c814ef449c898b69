package io.leat.core;

import org.jspecify.annotations.Nullable;

/**
 * What can be told of a scrape before it is read: 128 bits of a cryptographic hash over everything of it that a change
 * depends on. Two scrapes of one feed with the same bits have the same compared values, however those are normalized.
 */
public final class Sighting {

    private final long high;
    private final long low;
    private final byte @Nullable [] unread;

    /**
     * @param unread the bytes of the scrape if its item has neither values nor body yet, {@code null} if it has; not to be
     *     written to
     */
    public Sighting(long high, long low, byte @Nullable [] unread) {
        this.high = high;
        this.low = low;
        this.unread = unread;
    }

    /** The first 64 bits. */
    public long high() {
        return high;
    }

    /** The other 64 bits. */
    public long low() {
        return low;
    }

    /** The bytes of a scrape whose item is not read yet, {@code null} if it is. Not to be written to. */
    public byte @Nullable [] unread() {
        return unread;
    }

    /** The same of an item that has been read. */
    public Sighting read() {
        return new Sighting(high, low, null);
    }
}
