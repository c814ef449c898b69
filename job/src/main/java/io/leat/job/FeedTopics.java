package io.leat.job;

import io.leat.core.Feed;
import org.apache.kafka.clients.admin.Admin;

/** Creates a feed's topics with safe settings, and checks those that are there. Uses the caller's thread. */
public final class FeedTopics {

    private FeedTopics() {}

    /**
     * Makes sure that the feed's topics exist and are safe.
     *
     * @return the id of the raw topic, part of every dead letter's key
     * @throws Refusal if the broker is too old, a topic is unsafe or may not be made
     */
    public static String prepare(Admin admin, Feed feed) {
        throw new UnsupportedOperationException(feed.name() + admin);
    }
}
