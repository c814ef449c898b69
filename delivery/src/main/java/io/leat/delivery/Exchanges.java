package io.leat.delivery;

import io.leat.delivery.lane.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * The last attempts of each webhook that this process serves, with what was posted and what came back. Kept in memory alone:
 * they are there to find out what is wrong now. Thread-safe.
 *
 * <p>Limits: of a webhook the last {@value #EACH} that failed and the last {@value #EACH} that delivered, of these one a second
 * at most; of more than {@value #WEBHOOKS} webhooks those with the newest.
 */
public final class Exchanges {

    static final int EACH = 5;
    static final int WEBHOOKS = 100;
    private static final long DELIVERED_EVERY_MILLIS = 1_000;

    private record Webhook(String feed, String id) {}

    private static final class Last {
        private final Deque<Exchange> failed = new ArrayDeque<>();
        private final Deque<Exchange> delivered = new ArrayDeque<>();
    }

    private final Map<Webhook, Last> all = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Takes an attempt; of many that deliver, few.
     *
     * @param id its name among all there ever were, see {@link Standing#id}
     * @param made makes it, if it is kept
     */
    synchronized void take(String feed, String id, Outcome outcome, long atMillis, Supplier<Exchange> made) {
        Last last = all.computeIfAbsent(new Webhook(feed, id), fresh -> new Last());
        boolean isDelivered = OneOff.isDelivered(outcome);
        Deque<Exchange> kept = isDelivered ? last.delivered : last.failed;
        Exchange newest = kept.peekLast();
        if (isDelivered && newest != null && atMillis - newest.atMillis() < DELIVERED_EVERY_MILLIS) {
            return;
        }
        kept.addLast(made.get());
        if (kept.size() > EACH) {
            kept.removeFirst();
        }
        if (all.size() > WEBHOOKS) {
            all.remove(all.keySet().iterator().next());
        }
    }

    /** Those of a webhook, the newest first: another that had its name has another id. */
    public List<ObjectNode> of(String feed, String id) {
        List<Exchange> found = new ArrayList<>();
        synchronized (this) {
            Last last = all.get(new Webhook(feed, id));
            if (last != null) {
                found.addAll(last.failed);
                found.addAll(last.delivered);
            }
        }
        return found.stream()
                .sorted(Comparator.comparingLong(Exchange::atMillis).reversed())
                .map(Exchange::json)
                .toList();
    }
}
