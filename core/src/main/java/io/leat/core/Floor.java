package io.leat.core;

/**
 * Up to where the scrapes of a raw partition no longer count for a key, because a person has reset it there.
 *
 * @param topicId of the raw topic: one of the same name that is made anew is another; empty where an earlier version did not
 *     say
 * @param partition of the raw topic
 * @param offset of the reset; scrapes of this partition that stand before it tell nothing
 */
public record Floor(String topicId, int partition, long offset) {

    /**
     * Whether a scrape stands before it.
     *
     * @param position of the scrape
     * @param readId the id of the topic it stands in; empty if not known
     */
    boolean isAbove(Position position, String readId) {
        return isOf(readId) && position.partition() == partition && position.offset() <= offset;
    }

    /** Whether it is an earlier reset than another, as far as their places can tell. */
    boolean precedes(Floor other) {
        return isOf(other.topicId) && other.partition == partition && offset < other.offset;
    }

    private boolean isOf(String otherId) {
        return topicId.isEmpty() || otherId.isEmpty() || topicId.equals(otherId);
    }
}
