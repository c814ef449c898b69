package io.leat.core;

import org.jspecify.annotations.Nullable;

/**
 * A scrape that kept its contract, or what a person says of one.
 *
 * @param key what identifies it over time: a canonical JSON array
 * @param eventTime the moment of extraction, microseconds since 1970
 * @param tie orders items of one key and moment
 * @param compared the values that tell a change
 * @param body the whole item as canonical JSON
 * @param source where the scrape stands
 * @param contract the contract version it kept; empty if the feed has none
 * @param scraped a canonical JSON object of the values that normalization replaced, as they were; empty if there are none
 * @param ruling what a person says of it
 * @param sighting what was seen of it before it was read, {@code null} if nothing; while it is not read {@code compared} is
 *     {@link Compared#NOTHING}, {@code body} and {@code scraped} are empty
 */
public record Item(
        String key,
        long eventTime,
        long tie,
        Compared compared,
        String body,
        Position source,
        String contract,
        String scraped,
        Ruling ruling,
        @Nullable Sighting sighting) {

    /** An item that has been read. */
    public Item(
            String key,
            long eventTime,
            long tie,
            Compared compared,
            String body,
            Position source,
            String contract,
            String scraped,
            Ruling ruling) {
        this(key, eventTime, tie, compared, body, source, contract, scraped, ruling, null);
    }

    /** A scrape as it is, of which nobody said anything. */
    public Item(
            String key, long eventTime, long tie, Compared compared, String body, Position source, String contract) {
        this(key, eventTime, tie, compared, body, source, contract, "", Ruling.NONE);
    }

    /** The same item at another moment, microseconds since 1970. */
    public Item at(long otherEventTime) {
        return new Item(key, otherEventTime, tie, compared, body, source, contract, scraped, ruling, sighting);
    }

    /** The same item with what is said of it. */
    public Item with(Ruling said) {
        return new Item(key, eventTime, tie, compared, body, source, contract, scraped, said, sighting);
    }
}
