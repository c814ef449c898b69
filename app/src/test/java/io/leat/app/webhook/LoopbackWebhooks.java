package io.leat.app.webhook;

import io.leat.core.delivery.Subscription;
import io.leat.delivery.SinkCounts;
import io.leat.delivery.Unanswered;
import io.leat.delivery.Webhooks;
import io.leat.delivery.guard.Guard;
import io.leat.delivery.work.Keeper;
import io.leat.format.webhook.SecretBox;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Webhooks of a feed that has no file, within this process; they may go to this machine. */
public final class LoopbackWebhooks {

    private LoopbackWebhooks() {}

    static Webhooks start(String bootstrap, String feed, List<Subscription> declared) {
        return start(bootstrap, feed, declared, new Keeper());
    }

    static Webhooks start(String bootstrap, String feed, List<Subscription> declared, Keeper keeper) {
        return start(bootstrap, feed, declared, keeper, new Unanswered());
    }

    static Webhooks start(
            String bootstrap, String feed, List<Subscription> declared, Keeper keeper, Unanswered unanswered) {
        return start(bootstrap, feed, declared, keeper, unanswered, InstantSource.system());
    }

    static Webhooks start(
            String bootstrap,
            String feed,
            List<Subscription> declared,
            Keeper keeper,
            Unanswered unanswered,
            InstantSource clock) {
        return Webhooks.start(
                settings(bootstrap, feed, declared),
                keeper,
                unanswered,
                new SinkCounts(),
                clock,
                new SplittableRandom());
    }

    /** Delivers. */
    public static Webhooks start(Webhooks.Settings settings) {
        return Webhooks.start(settings, InstantSource.system(), new SplittableRandom());
    }

    /** What such webhooks need. */
    public static Webhooks.Settings settings(String bootstrap, String feed, List<Subscription> declared) {
        return new Webhooks.Settings(
                feed,
                feed + ".changes",
                Map.of("bootstrap.servers", bootstrap),
                declared,
                Guard.PRIVATE,
                new SecretBox(new byte[32], new SecureRandom()),
                Webhooks.Settings.MEMORY,
                Path.of(System.getProperty("java.io.tmpdir"), "leat-spool"));
    }
}
