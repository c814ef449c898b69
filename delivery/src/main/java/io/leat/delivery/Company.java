package io.leat.delivery;

import io.leat.core.delivery.Subscription;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns whoever runs a gateway that others of its feed declare other sinks. On the reading thread. */
final class Company {

    private static final Logger LOG = LoggerFactory.getLogger(Company.class);
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final Deliverers deliverers;
    private final List<Subscription> declared;
    private final String feed;
    private volatile boolean differs;
    private long lookedAt = System.nanoTime();

    Company(Deliverers deliverers, List<Subscription> declared, String feed) {
        this.deliverers = deliverers;
        this.declared = declared;
        this.feed = feed;
    }

    /** Looks at the others now and then. */
    void look() {
        if (System.nanoTime() - lookedAt > PAUSE.toNanos()) {
            lookedAt = System.nanoTime();
            var unused = deliverers.differing(declared).whenComplete((now, failure) -> {
                if (failure == null) {
                    seen(now);
                }
            });
        }
    }

    private void seen(boolean now) {
        if (now && !differs) {
            LOG.warn("Feed {}: {}", feed, Deliverers.DIFFER);
        }
        differs = now;
    }
}
