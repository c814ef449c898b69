package io.leat.app.feeding;

import io.leat.app.embedded.Broker;
import io.leat.format.DeadLetterHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * How far an earlier run has fed a file: for each raw partition the last line that arrived there.
 *
 * <p>Each record carries the file's mark and its line number, and lines reach a partition in order. So the last record of
 * a partition tells which lines it lacks, however the earlier run ended.
 */
final class Resume {

    static final String FILE = "leat-file";
    static final String LINE = "leat-line";

    private final Map<Integer, Long> lastLine;

    private Resume(Map<Integer, Long> lastLine) {
        this.lastLine = Map.copyOf(lastLine);
    }

    /** What tells a file from others: its name and how it begins. It may grow; another of the same name is another. */
    static String mark(String name, byte[] firstLine) {
        CRC32C sum = new CRC32C();
        sum.update(firstLine);
        return name + "#" + Long.toHexString(sum.getValue());
    }

    static Resume read(Broker broker, String topic, int partitions, String file) {
        Map<Integer, Long> lastLine = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                broker.settings(Map.of("enable.auto.commit", "false", "allow.auto.create.topics", "false")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            for (int partition = 0; partition < partitions; partition++) {
                Long line = lineOf(RawTail.last(consumer, new TopicPartition(topic, partition), Resume::isFirst), file);
                if (line != null) {
                    lastLine.put(partition, line);
                }
            }
        }
        return new Resume(lastLine);
    }

    /** Whether a line already arrived. */
    boolean has(int partition, long line) {
        return line <= lastLine.getOrDefault(partition, 0L);
    }

    /** The marks a record carries. */
    static Iterable<Header> marks(String file, long line) {
        return List.of(
                new Mark(FILE, file.getBytes(StandardCharsets.UTF_8)),
                new Mark(LINE, ByteBuffer.allocate(Long.BYTES).putLong(line).array()));
    }

    /** Whether a record is no repeat of an earlier one: a scrape that was sent again still carries its marks. */
    private static boolean isFirst(ConsumerRecord<byte[], byte[]> rec) {
        return rec.headers().lastHeader(DeadLetterHeaders.REDRIVEN_FROM) == null;
    }

    private static @Nullable Long lineOf(@Nullable ConsumerRecord<byte[], byte[]> last, String file) {
        if (last == null) {
            return null;
        }
        Headers marks = last.headers();
        Header name = marks.lastHeader(FILE);
        Header line = marks.lastHeader(LINE);
        boolean ours = name != null
                && line != null
                && line.value().length == Long.BYTES
                && new String(name.value(), StandardCharsets.UTF_8).equals(file);
        return ours ? ByteBuffer.wrap(line.value()).getLong() : null;
    }

    @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
    private record Mark(String key, byte[] value) implements Header {}
}
