package io.leat.gateway.status;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The accounts of the feeds that a gateway serves. Thread-safe. */
public final class FeedAccounts {

    private final Map<String, FeedAccount> accounts = new ConcurrentHashMap<>();

    /** Has a feed accounted for from now on. */
    public void add(String feed, FeedAccount account) {
        accounts.put(feed, account);
    }

    @Nullable
    FeedAccount of(String feed) {
        return accounts.get(feed);
    }
}
