package io.leat.app.dlq;

import io.leat.core.FieldPath;
import io.leat.format.ChangeJson;
import io.leat.format.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A dead letter.
 *
 * @param id the key of its record: the same after every replay
 * @param topic where the scrape stood
 * @param at when the scrape was taken
 * @param code why it was refused
 * @param field the path at fault; empty if it is the record as a whole
 * @param contract the contract version that was broken; empty if none was
 * @param key the scrape's Kafka key, {@code null} if it had none
 * @param value the scrape's bytes, {@code null} if it had none
 * @param headers the scrape's own headers
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record Letter(
        String id,
        String topic,
        int partition,
        long offset,
        Instant at,
        String code,
        String field,
        String message,
        String contract,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers) {

    private static final String NO_SITE = "-";
    private static final int LONGEST_SITE = 80;

    static Letter of(String id, ConsumerRecord<byte[], byte[]> rec) {
        Header rawKey = rec.headers().lastHeader(DeadLetterHeaders.RAW_KEY);
        boolean isWithoutValue = rec.headers().lastHeader(DeadLetterHeaders.RAW_VALUE_NULL) != null;
        List<Header> own = StreamSupport.stream(rec.headers().spliterator(), false)
                .filter(header -> !DeadLetterHeaders.isAdded(header.key()))
                .<Header>map(header -> new RecordHeader(header.key(), header.value()))
                .toList();
        return new Letter(
                id,
                text(rec, DeadLetterHeaders.CONNECT + "topic"),
                (int) number(rec, DeadLetterHeaders.CONNECT + "partition"),
                number(rec, DeadLetterHeaders.CONNECT + "offset"),
                Instant.ofEpochMilli(rec.timestamp()),
                text(rec, DeadLetterHeaders.CODE),
                text(rec, DeadLetterHeaders.FIELD),
                text(rec, DeadLetterHeaders.CONNECT + "exception.message"),
                text(rec, DeadLetterHeaders.CONTRACT),
                rawKey == null ? null : rawKey.value(),
                isWithoutValue ? null : rec.value(),
                own);
    }

    /** What a field of the scrape says, as text; {@code -} if it cannot be read. */
    String site(@Nullable FieldPath path) {
        if (value == null || path == null) {
            return NO_SITE;
        }
        try {
            JsonNode at = ChangeJson.tree(value);
            for (String name : path.names()) {
                at = at.path(name);
            }
            String site = at.isString()
                    ? at.stringValue()
                    : at.isNumber() ? ChangeJson.text(at) : NO_SITE;
            return site.length() > LONGEST_SITE ? site.substring(0, LONGEST_SITE) : site;
        } catch (IllegalArgumentException e) {
            return NO_SITE;
        }
    }

    /** Where the scrape stood. */
    public String origin() {
        return topic + "-" + partition + "-" + offset;
    }

    private static String text(ConsumerRecord<byte[], byte[]> rec, String name) {
        return Optional.ofNullable(rec.headers().lastHeader(name))
                .map(Header::value)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
    }

    private static long number(ConsumerRecord<byte[], byte[]> rec, String name) {
        try {
            return Long.parseLong(text(rec, name));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
