package io.leat.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Says how far subscriptions are behind the log, whoever delivers them: from what is committed, and from when the broker took
 * the oldest change that is not. Waits for the broker; thread-safe.
 *
 * <p>Limit: of the first {@value #MOST_TIMED} that are behind it says since when.
 */
final class Lags implements AutoCloseable {

    private static final int MOST_TIMED = 50;
    private static final int POLLS = 10;
    private static final Duration POLL = Duration.ofMillis(100);

    private final Map<String, Object> consumer;
    private final String changes;
    private final Places places;
    private final Cursors cursors;
    private @Nullable KafkaConsumer<byte[], byte[]> reader;

    /** @param consumer settings of a consumer of committed records */
    Lags(Map<String, Object> consumer, String changes, Places places, Cursors cursors) {
        this.consumer = new HashMap<>(consumer);
        this.consumer.put("max.partition.fetch.bytes", 1);
        this.changes = changes;
        this.places = places;
        this.cursors = cursors;
    }

    /** Those of some subscriptions. */
    synchronized List<SinkLag> of(Collection<Standing> subscriptions) {
        Start end = places.now();
        List<Integer> partitions = IntStream.range(0, end.partitions()).boxed().toList();
        Map<String, Map<Integer, Cursors.Committed>> committed =
                cursors.load(subscriptions.stream().map(Standing::id).toList(), partitions);
        List<SinkLag> lags = new ArrayList<>();
        int timed = 0;
        for (Standing standing : subscriptions) {
            Map<TopicPartition, Long> behind = new HashMap<>();
            for (int partition : partitions) {
                long from = from(
                        standing,
                        committed.getOrDefault(standing.id(), Map.of()).get(partition),
                        partition,
                        end.offset(partition));
                if (from < end.offset(partition)) {
                    behind.put(new TopicPartition(changes, partition), from);
                }
            }
            lags.add(
                    behind.isEmpty() || timed++ < MOST_TIMED
                            ? lag(standing, behind, end)
                            : counted(standing, behind, end));
        }
        return lags;
    }

    /** The first offset of each partition that a subscription has not got, as far as is committed. */
    synchronized Map<Integer, Long> positions(Standing standing) {
        Start end = places.now();
        List<Integer> partitions = IntStream.range(0, end.partitions()).boxed().toList();
        Map<Integer, Cursors.Committed> committed =
                cursors.load(List.of(standing.id()), partitions).getOrDefault(standing.id(), Map.of());
        Map<Integer, Long> positions = new HashMap<>();
        partitions.forEach(partition ->
                positions.put(partition, from(standing, committed.get(partition), partition, end.offset(partition))));
        return positions;
    }

    private static long from(Standing standing, Cursors.@Nullable Committed known, int partition, long end) {
        if (known != null && known.cursor().epoch() >= standing.start().epoch()) {
            long position = known.cursor().position();
            return position > end ? 0 : position; // the log was made anew
        }
        return Places.notBegun(standing, partition, end);
    }

    private static SinkLag counted(Standing standing, Map<TopicPartition, Long> behind, Start end) {
        long records = behind.entrySet().stream()
                .mapToLong(each -> end.offset(each.getKey().partition()) - each.getValue())
                .sum();
        return new SinkLag(standing, records, records == 0 ? 0 : -1);
    }

    /** Where only marks of transactions are left there is nothing to get. */
    private SinkLag lag(Standing standing, Map<TopicPartition, Long> behind, Start end) {
        if (behind.isEmpty()) {
            return new SinkLag(standing, 0, 0);
        }
        KafkaConsumer<byte[], byte[]> reading = reader();
        reading.assign(behind.keySet());
        behind.forEach(reading::seek);
        Map<TopicPartition, ConsumerRecord<byte[], byte[]>> oldest = new HashMap<>();
        Set<TopicPartition> open = new HashSet<>(behind.keySet());
        for (int i = 0; i < POLLS && !open.isEmpty(); i++) {
            var records = reading.poll(POLL);
            for (TopicPartition partition : records.partitions()) {
                oldest.putIfAbsent(partition, records.records(partition).get(0));
            }
            open.removeIf(partition ->
                    oldest.containsKey(partition) || reading.position(partition) >= end.offset(partition.partition()));
        }
        if (!open.isEmpty()) {
            return counted(standing, behind, end); // it does not say in time
        }
        long records = 0;
        long since = 0;
        for (ConsumerRecord<byte[], byte[]> each : oldest.values()) {
            records += Math.max(0, end.offset(each.partition()) - each.offset());
            since = since == 0 ? each.timestamp() : Math.min(since, each.timestamp());
        }
        return new SinkLag(standing, records, records == 0 ? 0 : since);
    }

    private KafkaConsumer<byte[], byte[]> reader() {
        KafkaConsumer<byte[], byte[]> known = reader;
        if (known == null) {
            known = new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            reader = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        KafkaConsumer<byte[], byte[]> known = reader;
        if (known != null) {
            known.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        }
    }
}
