package io.leat.app.trace;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Failure;
import io.leat.core.Change;
import io.leat.core.Feed;
import io.leat.core.Position;
import io.leat.core.Ruling;
import io.leat.core.Verdict;
import io.leat.core.delivery.Subscription;
import io.leat.delivery.DeliveryTrace;
import io.leat.delivery.TracedDelivery;
import io.leat.format.ChangeJson;
import io.leat.format.DeadLetterHeaders;
import io.leat.format.Fate;
import io.leat.format.KeyReader;
import io.leat.format.KeyTrace;
import io.leat.format.LoggedChange;
import io.leat.format.ScrapeReader;
import io.leat.format.Topics;
import io.leat.format.TracedRecord;
import io.leat.format.Tracing;
import io.leat.job.Rulings;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Answers why records were or were not told, by reading the topics of a feed and deciding again. Whether the feed is running
 * does not matter, and it is not disturbed: nothing is written, no group is joined. Each question reads the raw topic and the
 * change log once, from their beginning. For one thread.
 */
public final class Traces {

    private final Broker broker;
    private final Feed feed;
    private final List<Subscription> declared;
    private final InstantSource clock;
    private final Patience patience;
    private final Topics topics;
    private final ScrapeReader reader;
    private final KeyReader keys;

    /**
     * @param declared the subscriptions of the feed file
     * @param clock says who has waited long enough
     */
    public Traces(Broker broker, Feed feed, List<Subscription> declared, InstantSource clock) {
        this(broker, feed, declared, clock, Patience.ENDLESS);
    }

    /**
     * The same for somebody who does not wait for ever.
     *
     * @param patience what is asked for throws {@link Patience.Over} when it is at its end
     */
    public Traces(Broker broker, Feed feed, List<Subscription> declared, InstantSource clock, Patience patience) {
        this.patience = patience;
        this.broker = broker;
        this.feed = feed;
        this.declared = List.copyOf(declared);
        this.clock = clock;
        this.topics = Topics.of(feed);
        this.reader = new ScrapeReader(feed);
        this.keys = new KeyReader(feed);
    }

    /** The raw topic as it was found. */
    private record Raw(String topicId, List<Trace.Span> spans, @Nullable Long oldestMillis) {}

    /**
     * Answers one question.
     *
     * @param last of a key, at most so many records, the newest
     * @throws Failure if no topic knows what is asked about
     */
    public Trace of(Asked asked, int last) {
        if (asked instanceof Asked.Key key) {
            Trace trace = ofKey(key.key(), new Tracing.Kept(last, null));
            if (trace.found().records().isEmpty() && trace.found().base() == null) {
                throw unknown("No record and no change has the key %s.".formatted(key.key()));
            }
            return trace;
        }
        if (asked instanceof Asked.ChangeId id) {
            return ofChange(byId(id.id()));
        }
        Asked.Place place = (Asked.Place) asked;
        ConsumerRecord<byte[], byte[]> found =
                PastTopic.at(broker, place.topic(), place.partition(), place.offset(), patience);
        if (found == null) {
            throw unknown(
                    "There is no record at %s:%s:%s.".formatted(place.topic(), place.partition(), place.offset()));
        }
        return place.topic().equals(topics.changes())
                ? ofChange(found.value() == null ? null : ChangeJson.read(found.value()))
                : ofRecord(found);
    }

    /** What became of the records of some keys: one reading answers for all. */
    public Map<String, Trace> ofKeys(Set<String> keys, Tracing.Kept kept) {
        Map<String, DeliveryTrace.Asked> told = new HashMap<>();
        Raw raw;
        Tracing tracing;
        try (PastTopic past = PastTopic.open(broker, topics.raw(), patience)) {
            ConsumerRecord<byte[], byte[]> oldest = past.peek();
            raw = new Raw(topicId(), past.spans(), oldest == null ? null : (Long) oldest.timestamp());
            long first = oldest == null ? Long.MIN_VALUE : oldest.timestamp();
            tracing = new Tracing(feed, keys, new Tracing.Origin(raw.topicId(), past.firstOffsets(), first), kept);
            logged(keys, tracing, told);
            for (ConsumerRecord<byte[], byte[]> rec = past.take(); rec != null; rec = past.take()) {
                tracing.take(rec.value(), rec.timestamp(), position(rec), ruling(rec));
            }
        }
        tracing.end(clock.millis());
        Map<String, KeyTrace> found = new TreeMap<>();
        keys.forEach(key -> found.put(key, tracing.of(key)));
        Map<String, List<TracedDelivery>> deliveries = deliveries(found.values(), told);
        Map<String, Trace.DeadLetter> letters = letters(raw.topicId(), found.values());
        Map<String, Trace> traces = new TreeMap<>();
        found.forEach((key, trace) -> traces.put(key, trace(key, raw, trace, letters, deliveries)));
        return traces;
    }

    private Trace ofKey(String key, Tracing.Kept kept) {
        return Objects.requireNonNull(ofKeys(Set.of(key), kept).get(key));
    }

    private Trace ofChange(@Nullable Change change) {
        if (change == null) {
            throw unknown("There is no such change in the log.");
        }
        Trace trace = ofKey(change.key(), new Tracing.Kept(Integer.MAX_VALUE, change.source()));
        List<TracedRecord> told = trace.found().records().stream()
                .filter(each ->
                        each.logged() != null && each.logged().change().id().equals(change.id()))
                .toList();
        if (told.isEmpty()) {
            throw unknown("The record that told %s stood at %s:%s:%s, and is gone from the raw topic."
                    .formatted(
                            change.id(),
                            change.source().topic(),
                            change.source().partition(),
                            change.source().offset()));
        }
        KeyTrace found = trace.found();
        return new Trace(
                trace.feed(),
                trace.rawTopic(),
                trace.changesTopic(),
                trace.key(),
                trace.raw(),
                trace.oldestMillis(),
                new KeyTrace(found.key(), found.base(), found.isPastKnown(), found.counts(), told),
                trace.letters(),
                trace.deliveries());
    }

    private Trace ofRecord(ConsumerRecord<byte[], byte[]> rec) {
        String key = rec.value() == null ? null : keys.key(rec.value());
        if (key != null) {
            return ofKey(key, new Tracing.Kept(Integer.MAX_VALUE, position(rec)));
        }
        Verdict verdict = reader.read(rec.value(), rec.timestamp(), position(rec));
        if (!(verdict instanceof Verdict.Refused refused)) {
            throw unknown("The record is no scrape: a person or a scraper said something with it.");
        }
        TracedRecord traced = new TracedRecord(
                position(rec),
                rec.timestamp(),
                Ruling.NONE,
                new Fate.Refused(refused.refusal()),
                null,
                TracedRecord.Agreement.AGREES);
        KeyTrace found = new KeyTrace("", null, true, Map.of(traced.fate().word(), 1L), List.of(traced));
        try (PastTopic past = PastTopic.open(broker, topics.raw(), patience)) {
            ConsumerRecord<byte[], byte[]> oldest = past.peek();
            Raw raw = new Raw(topicId(), past.spans(), oldest == null ? null : (Long) oldest.timestamp());
            return trace(null, raw, found, letters(raw.topicId(), List.of(found)), Map.of());
        }
    }

    private Trace trace(
            @Nullable String key,
            Raw raw,
            KeyTrace found,
            Map<String, Trace.DeadLetter> letters,
            Map<String, List<TracedDelivery>> deliveries) {
        return new Trace(
                feed.name(),
                topics.raw(),
                topics.changes(),
                key,
                raw.spans(),
                raw.oldestMillis(),
                found,
                letters,
                deliveries);
    }

    private void logged(Set<String> keys, Tracing tracing, Map<String, DeliveryTrace.Asked> told) {
        try (PastTopic log = PastTopic.open(broker, topics.changes(), patience)) {
            for (ConsumerRecord<byte[], byte[]> rec = log.take(); rec != null; rec = log.take()) {
                String key = rec.key() == null ? "" : new String(rec.key(), StandardCharsets.UTF_8);
                if (rec.value() != null && keys.contains(key)) {
                    Change change = ChangeJson.read(rec.value());
                    tracing.logged(new LoggedChange(change, rec.partition(), rec.offset(), rec.timestamp()));
                    told.put(
                            change.id(),
                            new DeliveryTrace.Asked(
                                    change.id(), rec.partition(), rec.offset(), rec.timestamp(), rec.value()));
                }
            }
        }
    }

    private @Nullable Change byId(String id) {
        try (PastTopic log = PastTopic.open(broker, topics.changes(), patience)) {
            for (ConsumerRecord<byte[], byte[]> rec = log.take(); rec != null; rec = log.take()) {
                Header named = rec.headers().lastHeader("ce_id");
                boolean isMeant = named != null && new String(named.value(), StandardCharsets.UTF_8).equals(id);
                if (isMeant && rec.value() != null) {
                    return ChangeJson.read(rec.value());
                }
            }
        }
        throw unknown("No change in the log has the id %s.".formatted(id));
    }

    private Map<String, List<TracedDelivery>> deliveries(
            Iterable<KeyTrace> traces, Map<String, DeliveryTrace.Asked> told) {
        List<DeliveryTrace.Asked> asked = new ArrayList<>();
        traces.forEach(trace -> trace.records().forEach(each -> {
            LoggedChange logged = each.logged();
            DeliveryTrace.Asked one =
                    logged == null ? null : told.get(logged.change().id());
            if (one != null) {
                asked.add(one);
            }
        }));
        try (Admin admin = broker.admin()) {
            Map<String, Object> consumer = broker.settings(Map.of(
                    "isolation.level",
                    "read_committed",
                    "enable.auto.commit",
                    false,
                    "auto.offset.reset",
                    "earliest",
                    "allow.auto.create.topics",
                    false));
            return new DeliveryTrace(feed.name(), topics.changes(), declared, consumer, admin).of(asked);
        }
    }

    /** The dead letters of refused records. The topic is read only if there are any. */
    private Map<String, Trace.DeadLetter> letters(String topicId, Iterable<KeyTrace> traces) {
        Map<String, String> asked = new HashMap<>();
        traces.forEach(trace -> trace.records().stream()
                .filter(each -> each.fate() instanceof Fate.Refused)
                .forEach(each -> {
                    String place =
                            each.position().partition() + "-" + each.position().offset();
                    asked.put(topicId + "-" + place, place);
                }));
        Map<String, Trace.DeadLetter> letters = new HashMap<>();
        if (asked.isEmpty()) {
            return letters;
        }
        try (PastTopic dead = PastTopic.open(broker, topics.deadLetters(), patience)) {
            for (ConsumerRecord<byte[], byte[]> rec = dead.take(); rec != null; rec = dead.take()) {
                String key = rec.key() == null ? "" : new String(rec.key(), StandardCharsets.UTF_8);
                boolean isMark = key.startsWith(DeadLetterHeaders.MARK);
                String id = isMark ? key.substring(DeadLetterHeaders.MARK.length()) : key;
                String place = asked.get(id);
                if (place != null) {
                    letters.merge(
                            place,
                            new Trace.DeadLetter(id, isMark),
                            (was, is) -> new Trace.DeadLetter(id, was.isSentAgain() || is.isSentAgain()));
                }
            }
        }
        return letters;
    }

    private String topicId() {
        try (Admin admin = broker.admin()) {
            return admin.describeTopics(List.of(topics.raw()))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next()
                    .topicId()
                    .toString();
        } catch (ExecutionException e) {
            throw new KafkaException("the raw topic cannot be described", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static Position position(ConsumerRecord<byte[], byte[]> rec) {
        return new Position(rec.topic(), rec.partition(), rec.offset());
    }

    private static Ruling ruling(ConsumerRecord<byte[], byte[]> rec) {
        for (Header header : rec.headers().headers(Rulings.HEADER)) {
            return Rulings.of(header.value());
        }
        return Ruling.NONE;
    }

    private static Failure unknown(String message) {
        return Failure.runtime(
                "LEAT-450",
                message,
                "A key is written as 'leat changes --json' shows it; topics keep records only for their retention.");
    }
}
