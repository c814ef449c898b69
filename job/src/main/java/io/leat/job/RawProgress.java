package io.leat.job;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.MetricGroup;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the raw topic has been read, and whether what comes next is still there.
 *
 * <p>Kafka's own answer to a missing offset is to jump; this one is to say so. Checked when a checkpoint is restored,
 * before the first record. Used by the task's thread.
 */
final class RawProgress implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final String TOPIC_ID = "topic ";

    private final FeedJob.Kafka kafka;
    private final String topic;
    private final Set<Refusal.Code> accepted;

    private transient Map<Integer, Long> next;
    private transient MetricGroup metrics;
    private transient ListState<Tuple2<String, Long>> state;

    @SuppressWarnings("NullAway.Init")
    RawProgress(FeedJob.Kafka kafka, String topic, Set<Refusal.Code> accepted) {
        this.kafka = kafka;
        this.topic = topic;
        this.accepted = Set.copyOf(accepted);
    }

    void restore(OperatorStateStore store, MetricGroup group) throws Exception {
        next = new ConcurrentHashMap<>(); // a metric reporter reads it
        metrics = group;
        state = store.getUnionListState(
                new ListStateDescriptor<>("raw-progress", Types.TUPLE(Types.STRING, Types.LONG)));
        boolean sameTopic = true;
        for (Tuple2<String, Long> entry : state.get()) {
            if (entry.f0.startsWith(TOPIC_ID)) {
                sameTopic &= entry.f0.equals(TOPIC_ID + kafka.rawTopicId());
            } else {
                next.merge(Integer.valueOf(entry.f0), entry.f1, Math::max);
            }
        }
        if (!sameTopic) {
            refuse(Refusal.Code.RAW_RECREATED, "Topic %s now has the id %s.".formatted(topic, kafka.rawTopicId()));
            next.clear();
        }
        next.keySet().forEach(this::report);
        if (!next.isEmpty()) {
            check();
        }
    }

    void read(int partition, long offset) {
        if (next.put(partition, offset + 1) == null) {
            report(partition);
        }
    }

    private void report(int partition) {
        metrics.addGroup(FeedMetrics.PARTITION, Integer.toString(partition))
                .gauge(FeedMetrics.NEXT_OFFSET, () -> next.getOrDefault(partition, 0L));
    }

    void snapshot() throws Exception {
        List<Tuple2<String, Long>> entries = new java.util.ArrayList<>();
        entries.add(Tuple2.of(TOPIC_ID + kafka.rawTopicId(), 0L));
        new TreeMap<>(next).forEach((partition, offset) -> entries.add(Tuple2.of(partition.toString(), offset)));
        state.update(entries);
    }

    private void check() {
        Properties properties = new Properties();
        properties.putAll(kafka.client());
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
        Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        next.keySet().forEach(partition -> {
            earliest.put(new TopicPartition(topic, partition), OffsetSpec.earliest());
            latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        });
        try (Admin admin = Admin.create(properties)) {
            var first = admin.listOffsets(earliest);
            var last = admin.listOffsets(latest);
            for (TopicPartition place : earliest.keySet()) {
                long wanted = next.getOrDefault(place.partition(), 0L);
                long start = first.partitionResult(place).get().offset();
                long end = last.partitionResult(place).get().offset();
                if (start > wanted) {
                    refuse(
                            Refusal.Code.RAW_GONE,
                            "%s starts at offset %s, the next to read was %s.".formatted(place, start, wanted));
                } else if (end < wanted) {
                    refuse(
                            Refusal.Code.RAW_GONE,
                            "%s ends at offset %s, the next to read was %s: the broker lost records."
                                    .formatted(place, end, wanted));
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot read the offsets of " + topic, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void refuse(Refusal.Code code, String message) {
        if (!accepted.contains(code)) {
            throw Refusals.stop(new Refusal(code, message));
        }
    }
}
