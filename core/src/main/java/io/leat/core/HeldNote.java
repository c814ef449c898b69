package io.leat.core;

import java.util.List;
import java.util.Locale;

/**
 * What happens to a held item.
 *
 * @param status how it stands now
 * @param item the item at which that happened; the held item itself if it waits or a person has ruled on it
 * @param eventTime when the held item was extracted, microseconds since 1970
 * @param tie the held item's tie
 * @param doubts why it is held; empty unless it waits
 */
public record HeldNote(Status status, Item item, long eventTime, long tie, List<Doubt> doubts) {

    /**
     * Nobody will confirm the held item.
     *
     * @param source what gave the occasion
     */
    static HeldNote expired(String key, long eventTime, long tie, Position source) {
        Item item = new Item(key, eventTime, tie, Compared.NOTHING, Compared.NULL, source, "");
        return new HeldNote(Status.EXPIRED, item, eventTime, tie, List.of());
    }

    /** How a held item stands. */
    public enum Status {
        /** It waits for a second scrape that agrees, or for a person. */
        WAITING,
        /** A second scrape agreed: it is believed, and told as soon as the feed's other rules allow. */
        CONFIRMED,
        /** A person released it: it was told. */
        RELEASED,
        /** A person rejected it. */
        REJECTED,
        /** No scrape agreed in time, or the key was told as gone, or the feed no longer holds anything. */
        EXPIRED,
        /** A newer scrape showed something else. */
        REPLACED;

        /** The word in records: {@code waiting}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
