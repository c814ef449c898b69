package io.leat.app.cli;

import io.leat.app.embedded.Broker;
import io.leat.app.status.FeedStatus;
import io.leat.format.feedfile.FeedFile;
import io.leat.gateway.Gateway;
import java.time.InstantSource;
import java.util.List;

/** The statuses of feeds that run elsewhere, for the gateway that serves them. */
final class FeedStatuses implements AutoCloseable {

    private final List<FeedStatus> all;

    FeedStatuses(List<FeedFile.Valid> feeds, Broker broker, Gateway gateway, InstantSource clock) {
        all = feeds.stream()
                .map(feed -> FeedStatus.show(feed, broker.of(feed.feed()), null, gateway, clock))
                .toList();
    }

    @Override
    public void close() {
        all.forEach(FeedStatus::close);
    }
}
