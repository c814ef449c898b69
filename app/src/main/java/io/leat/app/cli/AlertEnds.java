package io.leat.app.cli;

import io.leat.app.alerts.AlertCommand;
import io.leat.app.alerts.AlertEnd;
import io.leat.app.alerts.AlertTeller;
import io.leat.app.alerts.AlertWebhook;
import io.leat.app.alerts.MadeSubscribers;
import io.leat.app.embedded.FeedRun;
import io.leat.core.AlertRoute;
import io.leat.core.Feed;
import io.leat.core.delivery.Subscription;
import io.leat.delivery.OneOff;
import io.leat.delivery.SubscriptionBook;
import io.leat.delivery.guard.Network;
import io.leat.format.feedfile.FeedFile;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Those whom a feed file names to be told of alerts. */
final class AlertEnds implements AutoCloseable {

    private static final String COMMAND = "run";
    private static final String WEBHOOK = "to.";

    private final List<AlertTeller> tellers = new ArrayList<>();
    private final @Nullable MadeSubscribers made;

    /**
     * Begins to tell them.
     *
     * @param book who there is at run time; {@code null} if nobody is served
     * @param opened ranges besides the public internet that webhooks may be in
     */
    AlertEnds(
            FeedFile.Valid declared,
            FeedRun run,
            @Nullable SubscriptionBook book,
            List<Network> opened,
            InstantSource clock) {
        Feed feed = declared.feed();
        Feed.Watch watch = feed.watch();
        AlertRoute route = watch == null ? AlertRoute.NONE : watch.route();
        BiFunction<String, AlertEnd, AlertTeller> begin =
                (name, end) -> new AlertTeller(name, end, feed, route, run.broker(), run.keeper(), clock);
        if (!route.run().isEmpty()) {
            tellers.add(begin.apply(COMMAND, new AlertCommand(route.run())));
        }
        List<String> others = new ArrayList<>(route.to());
        for (Subscription sink : declared.sinks()) {
            if (others.remove(sink.name())) {
                tellers.add(
                        begin.apply(WEBHOOK + sink.name(), new AlertWebhook(() -> sink, OneOff.open(opened, clock))));
            }
        }
        made = others.isEmpty() || book == null
                ? null
                : new MadeSubscribers(
                        feed, others, book, (id, end) -> begin.apply(WEBHOOK + id, end), opened, run.keeper(), clock);
    }

    @Override
    public void close() {
        if (made != null) {
            made.close();
        }
        tellers.forEach(AlertTeller::close);
    }
}
