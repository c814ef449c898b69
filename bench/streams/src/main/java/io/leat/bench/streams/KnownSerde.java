package io.leat.bench.streams;

import io.leat.core.Compared;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Known;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** What is known of a key as few bytes: three numbers and the compared values; their paths are the feed's. */
final class KnownSerde {

    private static final int NUMBERS = 3 * Long.BYTES;

    private KnownSerde() {}

    static Serde<Known> of(Feed feed) {
        List<String> paths = ((Feed.Comparison.Only) feed.comparison())
                .fields().stream().map(FieldPath::toString).toList();
        return Serdes.serdeFrom((topic, known) -> write(known), (topic, bytes) -> read(bytes, paths));
    }

    @SuppressWarnings("NullAway") // Kafka hands null through
    private static byte[] write(@Nullable Known known) {
        if (known == null) {
            return null;
        }
        int size = NUMBERS;
        List<byte[]> values = new ArrayList<>(known.compared().values().size());
        for (String value : known.compared().values()) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            values.add(bytes);
            size += Integer.BYTES + bytes.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.putLong(known.eventTime()).putLong(known.tie()).putLong(known.seq());
        values.forEach(value -> out.putInt(value.length).put(value));
        return out.array();
    }

    @SuppressWarnings("NullAway") // Kafka hands null through
    private static Known read(byte @Nullable [] bytes, List<String> paths) {
        if (bytes == null) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long eventTime = in.getLong();
        long tie = in.getLong();
        long seq = in.getLong();
        List<String> values = new ArrayList<>(paths.size());
        for (int i = 0; i < paths.size(); i++) {
            int length = in.getInt();
            values.add(new String(bytes, in.position(), length, StandardCharsets.UTF_8));
            in.position(in.position() + length);
        }
        return new Known(eventTime, tie, seq, new Compared(paths, values));
    }
}
