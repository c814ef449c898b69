package io.leat.gateway.review;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The reviews of the feeds that a gateway serves. Thread-safe. */
public final class Reviews {

    private final Map<String, Review> reviews = new ConcurrentHashMap<>();

    /** Has a feed reviewed here from now on. */
    public void add(String feed, Review review) {
        reviews.put(feed, review);
    }

    @Nullable
    Review of(String feed) {
        return reviews.get(feed);
    }
}
