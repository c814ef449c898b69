package io.leat.app.feeding;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Finds the last record of a raw partition. The last offset need not hold one: the markers of transactions have a place too. */
final class RawTail {

    private static final int STEP = 16;
    private static final Duration POLL = Duration.ofMillis(500);

    private RawTail() {}

    /** The last record that is meant, looked for in ever longer tails; {@code null} if the partition holds none. */
    static @Nullable ConsumerRecord<byte[], byte[]> last(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            Predicate<ConsumerRecord<byte[], byte[]>> isMeant) {
        List<TopicPartition> one = List.of(partition);
        consumer.assign(one);
        long begin = consumer.beginningOffsets(one).getOrDefault(partition, 0L);
        long end = consumer.endOffsets(one).getOrDefault(partition, 0L);
        long from = end;
        for (long length = 1; from > begin; length *= STEP) {
            long to = from;
            from = Math.max(begin, end - length);
            ConsumerRecord<byte[], byte[]> last = null;
            consumer.seek(partition, from);
            while (consumer.position(partition) < to) {
                for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
                    last = isMeant.test(found) && found.offset() < to ? found : last;
                }
            }
            if (last != null) {
                return last;
            }
        }
        return null;
    }
}
