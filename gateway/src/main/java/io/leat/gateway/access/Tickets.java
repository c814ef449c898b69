package io.leat.gateway.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Tickets for browsers, which cannot send a key with an event stream: good once, for one feed, for half a minute, on the
 * gateway that gave them out. Bounded. Thread-safe.
 */
final class Tickets {

    static final int SECONDS = 30;
    private static final int LENGTH = 32;
    private static final int OPEN = 10_000;

    private final RandomGenerator random;
    private final Map<String, Ticket> open = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Ticket> eldest) {
            return size() > OPEN;
        }
    };

    Tickets(RandomGenerator random) {
        this.random = random;
    }

    private record Ticket(Caller caller, String feed, long until) {}

    synchronized String give(Caller caller, String feed, long now) {
        String text = ApiKey.text(random, LENGTH);
        open.put(ApiKey.hash(text), new Ticket(caller, feed, now + SECONDS * 1_000L));
        return text;
    }

    /** Whose ticket it is; {@code null} if it is none, or no longer. It is used up by asking. */
    synchronized @Nullable Caller take(String text, String feed, long now) {
        Ticket ticket = open.remove(ApiKey.hash(text));
        return ticket != null && ticket.feed().equals(feed) && now < ticket.until() ? ticket.caller() : null;
    }
}
