package io.leat.app.alerts;

import io.leat.core.Feed;
import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import io.leat.delivery.OneOff;
import io.leat.delivery.Standing;
import io.leat.delivery.SubscriptionBook;
import io.leat.delivery.guard.Network;
import io.leat.delivery.work.Keeper;
import io.leat.delivery.work.Kept;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has webhooks told of alerts that are made, changed and deleted at run time, by the names under which the feed file wants them told.
 * One that is made hears of what comes from then on; one that is made anew under the name of another hears nothing of what waited for
 * that one. Works on a thread of its own.
 */
public final class MadeSubscribers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MadeSubscribers.class);
    private static final long LOOK_AGAIN_MILLIS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<String> names;
    private final SubscriptionBook book;
    private final BiFunction<String, AlertEnd, AlertTeller> begin;
    private final List<Network> opened;
    private final InstantSource clock;
    private final Map<String, Served> served = new HashMap<>();
    private final Kept work;
    private volatile boolean ending;

    /** A subscription that is told, by its name among all there ever were. */
    private record Served(String id, AlertTeller teller) {}

    /**
     * Begins.
     *
     * @param names whom the feed file wants told, without those it declares
     * @param book who there is
     * @param begin begins to tell an end, under a name of its own
     * @param opened ranges besides the public internet that webhooks may be in
     */
    public MadeSubscribers(
            Feed feed,
            List<String> names,
            SubscriptionBook book,
            BiFunction<String, AlertEnd, AlertTeller> begin,
            List<Network> opened,
            Keeper keeper,
            InstantSource clock) {
        this.names = List.copyOf(names);
        this.book = book;
        this.begin = begin;
        this.opened = List.copyOf(opened);
        this.clock = clock;
        this.work = keeper.keep("subscribers to alerts of " + feed.name(), this::follow);
    }

    private void follow() throws InterruptedException {
        long seen = -1;
        while (!ending) {
            long now = book.version();
            if (now != seen) {
                names.forEach(this::look);
                seen = now;
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    private void look(String name) {
        Standing standing = book.all().get(name);
        String id = standing == null ? "" : standing.id();
        Served before = served.get(name);
        if (before != null && before.id().equals(id)) {
            return;
        }
        if (before != null) {
            served.remove(name);
            before.teller().close();
        }
        if (standing != null && standing.subscription().sink() instanceof Webhook) {
            AlertEnd end = new AlertWebhook(() -> subscription(name, id), OneOff.open(opened, clock));
            served.put(name, new Served(id, begin.apply(id, end)));
        } else if (standing != null) {
            LOG.warn("Alerts are not told to {}: it is no webhook", name);
        }
    }

    /** How it stands now: its address and its keys may have changed. */
    private Subscription subscription(String name, String id) throws IOException {
        Standing standing = book.all().get(name);
        if (standing == null || !standing.id().equals(id)) {
            throw new IOException("it is deleted");
        }
        return standing.subscription();
    }

    @Override
    public void close() {
        work.end(() -> ending = true, PATIENCE);
        served.values().forEach(each -> each.teller().close());
    }
}
