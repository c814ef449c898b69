package io.leat.app.feeding;

import io.leat.app.embedded.Broker;
import io.leat.app.exit.Failure;
import io.leat.format.DeadLetterHeaders;
import io.leat.job.Rulings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * How far an earlier run has fed a file: for each raw partition the last line that arrived there.
 *
 * <p>Each record carries the file's name, its line number and a checksum of all lines up to it, and lines reach a partition
 * in order. So the last record of a partition tells which lines it lacks, however the earlier run ended. A file that is
 * called the same and holds something else, from whatever line on, lacks them all: what is fed twice is told once.
 */
final class Resume {

    static final String FILE = "leat-file";
    static final String LINE = "leat-line";
    static final String CONTENT = "leat-content";

    /** No line has arrived, as far as anybody can know. */
    static final Resume NOTHING = new Resume(Map.of());

    private final Map<Integer, Long> lastLine;

    private Resume(Map<Integer, Long> lastLine) {
        this.lastLine = Map.copyOf(lastLine);
    }

    /** The last line of some file that a partition holds. */
    private record Fed(long line, long content) {}

    static Resume read(Broker broker, String topic, int partitions, ScrapeFile file) {
        Map<Integer, Fed> fed = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                broker.settings(Map.of(
                        "enable.auto.commit",
                        "false",
                        "allow.auto.create.topics",
                        "false",
                        "isolation.level",
                        "read_committed")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            for (int partition = 0; partition < partitions; partition++) {
                Fed last =
                        fed(RawTail.last(consumer, new TopicPartition(topic, partition), Resume::isFirst), file.name());
                if (last != null) {
                    fed.put(partition, last);
                }
            }
        }
        Map<Integer, Long> lastLine = new HashMap<>();
        if (!fed.isEmpty()) {
            Set<Fed> same = same(file, new HashSet<>(fed.values()));
            fed.forEach((partition, each) -> {
                if (same.contains(each)) {
                    lastLine.put(partition, each.line());
                }
            });
        }
        return new Resume(lastLine);
    }

    /** Those up to which the file still holds what was fed. */
    private static Set<Fed> same(ScrapeFile file, Set<Fed> fed) {
        Set<Fed> same = new HashSet<>();
        long last = fed.stream().mapToLong(Fed::line).max().orElse(0);
        try (ScrapeFile again = file.again()) {
            for (ScrapeFile.Line line = again.next(); line != null && line.number() <= last; line = again.next()) {
                Fed here = new Fed(line.number(), line.content());
                if (fed.contains(here)) {
                    same.add(here);
                }
            }
        } catch (Failure damaged) {
            return same; // who feeds it comes there too, and says so
        }
        return same;
    }

    /** Whether a line already arrived. */
    boolean has(int partition, long line) {
        return line <= lastLine.getOrDefault(partition, 0L);
    }

    /** The marks a record carries. */
    static Iterable<Header> marks(String file, ScrapeFile.Line line) {
        return List.of(
                new Mark(FILE, file.getBytes(StandardCharsets.UTF_8)),
                new Mark(LINE, bytes(line.number())),
                new Mark(CONTENT, bytes(line.content())));
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    /** Whether a record is a scrape and no repeat of an earlier one: one that was sent again still carries its marks. */
    private static boolean isFirst(ConsumerRecord<byte[], byte[]> rec) {
        return rec.headers().lastHeader(DeadLetterHeaders.REDRIVEN_FROM) == null
                && rec.headers().lastHeader(Rulings.HEADER) == null;
    }

    private static @Nullable Fed fed(@Nullable ConsumerRecord<byte[], byte[]> last, String file) {
        Header name = last == null ? null : last.headers().lastHeader(FILE);
        if (last == null || name == null || !new String(name.value(), StandardCharsets.UTF_8).equals(file)) {
            return null;
        }
        Long line = number(last.headers().lastHeader(LINE));
        Long content = number(last.headers().lastHeader(CONTENT));
        return line == null || content == null ? null : new Fed(line, content);
    }

    private static @Nullable Long number(@Nullable Header header) {
        return header == null || header.value().length != Long.BYTES
                ? null
                : ByteBuffer.wrap(header.value()).getLong();
    }

    @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
    private record Mark(String key, byte[] value) implements Header {}
}
