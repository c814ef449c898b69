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
import org.jspecify.annotations.Nullable;

/**
 * The newest changes, read back from the change log: what is shown here is committed there. Where more are told than anybody
 * could read, the newest of every quarter of a second.
 *
 * <p>Reads on a thread of its own; {@link #newest} reads what it shows and is safe for any.
 */
public final class RecentChanges implements AutoCloseable {

    private static final int KEPT = 100;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Feed feed;
    private final InstantSource clock;
    private final ChangeText text;
    private final Deque<Sight> recent = new ArrayDeque<>();
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
                List<byte[]> changes = log.poll(Duration.ofMillis(200));
                show(changes);
                if (changes.size() > KEPT) {
                    Thread.sleep(PAUSE.toMillis());
                    log.skipTo(KEPT);
                }
            }
        } catch (KafkaException e) {
            closing = true; // the panel goes on without changes; the job says why
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void show(List<byte[]> changes) {
        long now = clock.millis();
        for (byte[] json : changes.subList(Math.max(0, changes.size() - KEPT), changes.size())) {
            recent.addFirst(new Sight(json, now));
            if (recent.size() > KEPT) {
                recent.removeLast();
            }
            first = first == 0 ? now : first;
        }
    }

    /** A change that was seen; it is read when it is shown, as most never are. */
    private final class Sight {

        private final byte[] json;
        private final long at;
        private View.@Nullable Recent words;

        Sight(byte[] json, long at) {
            this.json = json;
            this.at = at;
        }

        /** What to show, {@code null} if somebody else wrote it. */
        View.@Nullable Recent words() {
            View.Recent known = words;
            if (known == null) {
                try {
                    Change change = ChangeJson.read(json);
                    ChangeText.Words said = text.words(change);
                    long late = Math.max(0, at - Math.floorDiv(change.eventTime(), 1_000));
                    known = new View.Recent(said.key(), said.what(), change.op(), late);
                } catch (IllegalArgumentException | NullPointerException e) {
                    return null;
                }
                words = known;
            }
            return known;
        }
    }

    /** The newest changes, newest first. */
    public synchronized List<View.Recent> newest() {
        List<View.Recent> newest = new ArrayList<>();
        for (Sight sight : recent) {
            View.Recent words = sight.words();
            if (words != null) {
                newest.add(words);
            }
        }
        return newest;
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
