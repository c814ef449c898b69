package io.leat.app.panel;

import io.leat.app.embedded.Broker;
import io.leat.app.log.ChangeLog;
import io.leat.app.log.ChangeText;
import io.leat.core.Change;
import io.leat.core.Feed;
import io.leat.format.ChangeJson;
import io.leat.format.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.common.KafkaException;

/**
 * The newest changes, read back from the change log: what is shown here is committed there.
 *
 * <p>Reads on a thread of its own; {@link #newest} is safe for any.
 */
public final class RecentChanges implements AutoCloseable {

    private static final int KEPT = 100;

    private final Feed feed;
    private final InstantSource clock;
    private final ChangeText text;
    private final Deque<View.Recent> recent = new ArrayDeque<>();
    private final Thread thread;
    private volatile boolean closing;
    private volatile long first;

    /** Starts to read what is told from now on. */
    public RecentChanges(Broker broker, Feed feed, InstantSource clock) {
        this.feed = feed;
        this.clock = clock;
        this.text = new ChangeText(feed);
        ChangeLog log = ChangeLog.open(broker, Topics.of(feed).changes(), new ChangeLog.Start.Now());
        this.thread = new Thread(() -> read(log), "leat-recent-changes");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(ChangeLog log) {
        try (log) {
            while (!closing) {
                show(log.poll(Duration.ofMillis(200)));
            }
        } catch (KafkaException e) {
            closing = true; // the panel goes on without changes; the job says why
        }
    }

    private void show(List<byte[]> changes) {
        for (byte[] json : changes.subList(Math.max(0, changes.size() - KEPT), changes.size())) {
            Change change = ChangeJson.read(json);
            ChangeText.Words words = text.words(change);
            long now = clock.millis();
            add(new View.Recent(
                    words.key(),
                    words.what(),
                    change.op(),
                    Math.max(0, now - Math.floorDiv(change.eventTime(), 1_000))));
            first = first == 0 ? now : first;
        }
    }

    private synchronized void add(View.Recent change) {
        recent.addFirst(change);
        if (recent.size() > KEPT) {
            recent.removeLast();
        }
    }

    /** The newest changes, newest first. */
    public synchronized List<View.Recent> newest() {
        return new ArrayList<>(recent);
    }

    /** When the first change was seen, milliseconds since 1970; 0 before. */
    public long firstSeenAt() {
        return first;
    }

    /** The feed whose changes these are. */
    public Feed feed() {
        return feed;
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
