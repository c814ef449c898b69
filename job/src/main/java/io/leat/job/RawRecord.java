package io.leat.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of the raw topic, untouched.
 *
 * @param timestamp when the broker or the producer dated it, milliseconds since 1970
 * @param key its bytes, {@code null} if it has none
 * @param value its bytes, {@code null} if it has none
 */
@SuppressWarnings("ArrayRecordComponent") // bytes pass through; nobody compares them
public record RawRecord(
        String topic,
        int partition,
        long offset,
        long timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers) {

    /** A Kafka record header. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Header(String name, byte @Nullable [] value) {}
}
