package io.leat.gateway.review;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A feed's dead letters, held scrapes and alerts. Waits for the broker; thread-safe. */
public interface Review {

    /**
     * Which dead letters; what is {@code null} does not matter.
     *
     * @param id the end of a letter's id
     */
    record Which(@Nullable String site, @Nullable String field, @Nullable String code, @Nullable String id) {}

    /**
     * The letters by site, field and code, and the newest of them whole.
     *
     * @param most of those that are given whole
     */
    ObjectNode letters(Which which, int most);

    /**
     * Sends letters again that would be items now.
     *
     * @param really whether to do it; else it is only said what would be done
     */
    ObjectNode redrive(Which which, boolean really);

    /** The held scrapes that wait, as {@code <feed>.held} has them. */
    ObjectNode held();

    /**
     * Says of a held scrape that it is right, or wrong.
     *
     * @return whether it waits; if not, nothing was done
     */
    boolean rule(String id, boolean release);

    /** What a person says of an alert. */
    enum Word {
        /** Somebody has taken notice: that it grows worse is told no more. */
        ACKNOWLEDGE,
        /** The gap is usual. */
        ACCEPT,
        /** For a while nobody is told of what it is about. */
        QUIET
    }

    /**
     * Says something of an alert.
     *
     * @param quietMillis for how long there is to be quiet; else it does not matter
     * @return whether there is or was such an alert; if not, nothing was said
     * @throws IllegalArgumentException if it cannot be said of this alert
     */
    boolean say(String id, Word word, long quietMillis);
}
