package io.leat.delivery;

import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import io.leat.delivery.batch.BatchSink;
import io.leat.delivery.batch.SinkRefusal;
import io.leat.delivery.guard.Guard;
import io.leat.delivery.guard.Network;
import io.leat.delivery.guard.SystemNames;
import io.leat.format.webhook.WebhookUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Looks whether sinks can be reached and written to, without writing a change. Waits for them; thread-safe. */
public final class Looks implements AutoCloseable {

    private static final long LOOK_UP_SECONDS = 10;

    private final SystemNames names = new SystemNames();
    private final Guard guard;
    private final SinkOpening opening;

    /**
     * @param opened ranges besides the public internet that may be gone to
     * @param spool where files for buckets are prepared
     */
    public Looks(String feed, List<Network> opened, Path spool) {
        this.guard = new Guard(opened, names);
        this.opening = SinkOpening.withoutLog(feed, guard, spool);
    }

    /**
     * Looks at one that the feed file declares. Of a webhook, whether its address is known and allowed: only an event shows more.
     *
     * @return what is wrong, in a sentence for people; {@code null} if nothing is
     */
    public @Nullable String at(Subscription subscription) {
        return at(subscription.name(), subscription, true);
    }

    /** Looks at one of which something is known. */
    @Nullable
    String at(Standing standing) {
        return at(standing.id(), standing.subscription(), standing.declared());
    }

    @Nullable
    String at(String sink, Subscription subscription, boolean isDeclared) {
        try {
            if (subscription.sink() instanceof Webhook webhook) {
                var unused = guard.check(WebhookUrl.parse(webhook.url()))
                        .toCompletableFuture()
                        .get(LOOK_UP_SECONDS, TimeUnit.SECONDS);
                return null;
            }
            try (BatchSink end = opening.open(sink, subscription, isDeclared)) {
                end.look();
            }
            return null;
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        } catch (TimeoutException e) {
            return "the look-up of its name takes too long";
        } catch (IOException | SinkRefusal | IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    @Override
    public void close() {
        opening.close();
        names.close();
    }
}
