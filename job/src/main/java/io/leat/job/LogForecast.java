package io.leat.job;

import io.leat.core.Change;
import io.leat.core.Feed;
import io.leat.core.Op;
import io.leat.core.Sameness;
import io.leat.format.ChangeJson;
import io.leat.format.ToldReader;
import io.leat.job.log.SamenessHeader;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a start of a feed would say of a change log that is there, as far as the log alone tells. Takes all its records, those of
 * each partition in their order; remembers the keys that are not as the feed file would make them. For one thread.
 */
public final class LogForecast {

    private final Feed feed;
    private final ToldReader reader;
    private final int now;
    private final Set<String> otherwiseKeyed = new HashSet<>();
    private final Set<String> otherwiseRead = new HashSet<>();
    /** By which rules the newest change was told, and when it was appended. */
    private int newest = Sameness.UNMARKED;

    private long newestAppended = Long.MIN_VALUE;

    /** @param feed as the file says that a start would take */
    public LogForecast(Feed feed) {
        this.feed = feed;
        this.reader = new ToldReader(feed);
        this.now = Sameness.of(feed).fingerprint();
    }

    /**
     * The next record.
     *
     * @throws IllegalArgumentException if it is no change
     */
    public void take(ConsumerRecord<byte[], byte[]> rec) {
        Change change = ChangeJson.read(rec.value());
        take(change, SamenessHeader.read(rec.headers().lastHeader(SamenessHeader.NAME)), rec.timestamp());
    }

    private void take(Change change, int sameness, long appended) {
        if (appended >= newestAppended) {
            newestAppended = appended;
            newest = sameness;
        }
        boolean isThere = change.op() != Op.GONE && change.op() != Op.RESET;
        boolean isKeyed = isThere && reader.isKeyed(change.after(), change.key());
        keep(otherwiseKeyed, change.key(), isThere && !isKeyed);
        keep(otherwiseRead, change.key(), isKeyed && sameness != now && sameness != Sameness.UNMARKED);
    }

    private static void keep(Set<String> keys, String key, boolean isOne) {
        if (isOne) {
            keys.add(key);
        } else {
            keys.remove(key);
        }
    }

    /** How many keys were told last under another feed file: a start that knows it reads them again. */
    public long otherwiseRead() {
        return otherwiseRead.size();
    }

    /**
     * Why a start would be refused; {@code null} if nothing speaks against it.
     *
     * @param checkpoint what the start would go on from, {@code null} if there is nothing
     * @param mayBeElsewhere whether there may be one all the same: then the newest change says by which file the feed ran last
     */
    public @Nullable Refusal refusal(@Nullable CheckpointShape checkpoint, boolean mayBeElsewhere) {
        long otherwise = (long) otherwiseKeyed.size() + otherwiseRead.size();
        if (checkpoint != null) {
            boolean isKept = FeedShape.isKeyKept(feed, checkpoint.texts());
            return isKept
                    ? null
                    : FeedShape.keyChanged(
                            FormerRules.restore(feed, checkpoint.texts(), false),
                            FeedShape.keyOf(checkpoint.texts()),
                            feed,
                            otherwise);
        }
        if (mayBeElsewhere && newest == now) {
            return null;
        }
        if (!otherwiseKeyed.isEmpty()) {
            return FeedShape.otherKeys(
                    otherwiseKeyed.size(), otherwiseKeyed.iterator().next(), feed);
        }
        return otherwiseRead.isEmpty() || mayBeElsewhere ? null : FormerRules.unknown(otherwiseRead.size(), feed);
    }
}
