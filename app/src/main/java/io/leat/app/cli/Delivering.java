package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.delivery.Webhooks;
import io.leat.format.feedfile.FeedFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Delivers the changes of feeds that run elsewhere, each from when its first run has made its change log. Used by one
 * thread.
 */
final class Delivering implements AutoCloseable {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final Function<FeedFile.Valid, Webhooks> start;
    private final List<FeedFile.Valid> waiting;
    private final List<Webhooks> begun = new ArrayList<>();

    /**
     * @param start begins with a feed, or throws {@link UnknownTopicOrPartitionException} if it has no change log yet
     */
    Delivering(List<FeedFile.Valid> feeds, Function<FeedFile.Valid, Webhooks> start) {
        this.waiting = new ArrayList<>(feeds);
        this.start = start;
    }

    /** Begins with all that can be; answers those that have no change log yet. */
    List<FeedFile.Valid> begin() {
        waiting.removeIf(this::begins);
        return List.copyOf(waiting);
    }

    private boolean begins(FeedFile.Valid feed) {
        try {
            begun.add(start.apply(feed));
            return true;
        } catch (UnknownTopicOrPartitionException e) {
            return false;
        }
    }

    /** Delivers until the process is asked to stop. */
    Exit untilStopped(StopSignal stop) {
        while (stop.asked() == null) {
            stop.await(begin().isEmpty() ? Duration.ofMinutes(1) : LOOK_AGAIN);
        }
        Exit asked = stop.asked();
        return asked == null ? Exit.OK : asked;
    }

    @Override
    public void close() {
        begun.forEach(Webhooks::close);
    }
}
