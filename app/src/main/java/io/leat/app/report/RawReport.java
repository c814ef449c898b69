package io.leat.app.report;

import io.leat.app.embedded.Broker;
import io.leat.app.trace.PastTopic;
import io.leat.app.trace.Patience;
import io.leat.core.Change;
import io.leat.core.Decision;
import io.leat.core.Explaining;
import io.leat.core.Feed;
import io.leat.core.HeldNote;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Position;
import io.leat.core.Refusal;
import io.leat.core.Ruling;
import io.leat.format.Fold;
import io.leat.format.Topics;
import io.leat.job.Rulings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What came into a feed in a span of time, and by which rule it was not told: decided again from the raw topic's beginning, with
 * the functions of the job. Remembers every key while it reads.
 */
final class RawReport implements Fold.Outcome {

    private final Explaining explaining;
    private final Span span;
    private final Fold fold;
    private final Map<String, Long> notTold = new TreeMap<>();
    private long records;
    private long bytes;
    private long oldestMillis = Long.MAX_VALUE;
    private boolean isInSpan;

    private RawReport(Feed feed, Span span) {
        this.explaining = new Explaining(feed, "");
        this.span = span;
        this.fold = Fold.inOrder(feed, this);
    }

    static RawReport read(Broker broker, Feed feed, Span span) {
        RawReport report = new RawReport(feed, span);
        try (PastTopic raw = PastTopic.open(broker, Topics.of(feed).raw(), Patience.ENDLESS)) {
            for (ConsumerRecord<byte[], byte[]> rec = raw.take(); rec != null; rec = raw.take()) {
                report.take(rec);
            }
        }
        return report;
    }

    private void take(ConsumerRecord<byte[], byte[]> rec) {
        oldestMillis = Math.min(oldestMillis, rec.timestamp());
        isInSpan = span.has(rec.timestamp());
        Ruling ruling = ruling(rec);
        if (isInSpan && ruling == Ruling.NONE) {
            bytes += Math.max(0, rec.serializedValueSize());
        }
        fold.take(rec.value(), rec.timestamp(), new Position(rec.topic(), rec.partition(), rec.offset()), ruling);
    }

    private static Ruling ruling(ConsumerRecord<byte[], byte[]> rec) {
        for (Header header : rec.headers().headers(Rulings.HEADER)) {
            return Rulings.of(header.value());
        }
        return Ruling.NONE;
    }

    @Override
    public void told(Change change) {
        // what was told is counted in the log
    }

    @Override
    public void refused(Refusal refusal) {
        count("refused");
    }

    @Override
    public void late(Item item) {
        count("late");
    }

    @Override
    public void dropped(Item item) {
        count("late");
    }

    @Override
    public void decided(@Nullable Known before, Item item, Decision decision, List<HeldNote> notes) {
        if (item.ruling() != Ruling.NONE) {
            return;
        }
        if (decision instanceof Decision.Told) {
            records += isInSpan ? 1 : 0;
        } else {
            count(explaining.why(before, item, decision, notes).reason().word());
        }
    }

    private void count(String rule) {
        if (isInSpan) {
            records++;
            notTold.merge(rule, 1L, Long::sum);
        }
    }

    /** Scrapes that were decided in the span. */
    long records() {
        return records;
    }

    /** Bytes of the records that were appended in it. */
    long bytes() {
        return bytes;
    }

    /** When the oldest record there is was appended; {@link Long#MAX_VALUE} if there is none. */
    long oldestMillis() {
        return oldestMillis;
    }

    /** How many were not told, by the word of the reason; {@code refused} and {@code late} too. */
    Map<String, Long> notTold() {
        return notTold;
    }
}
