package io.leat.app.trace;

import io.leat.delivery.TracedDelivery;
import io.leat.format.KeyTrace;
import io.leat.format.TracedRecord;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of what a person asked about.
 *
 * @param feed its name
 * @param rawTopic its raw topic
 * @param changesTopic its change log
 * @param key the canonical key; {@code null} for a record that has none
 * @param raw where each partition of the raw topic begins and ends
 * @param oldestMillis when the oldest record of the raw topic was appended, milliseconds since 1970; {@code null} if there is
 *     none
 * @param found the records
 * @param letters the dead letters of refused records, by where the scrape stands, {@code partition-offset}
 * @param deliveries what became of the changes told, by their ids
 */
public record Trace(
        String feed,
        String rawTopic,
        String changesTopic,
        @Nullable String key,
        List<Span> raw,
        @Nullable Long oldestMillis,
        KeyTrace found,
        Map<String, DeadLetter> letters,
        Map<String, List<TracedDelivery>> deliveries) {

    public Trace {
        raw = List.copyOf(raw);
        letters = Map.copyOf(letters);
        deliveries = Map.copyOf(deliveries);
    }

    /**
     * Where a partition begins and ends.
     *
     * @param first the first offset there is
     * @param end the offset behind the last
     */
    public record Span(int partition, long first, long end) {}

    /**
     * A dead letter.
     *
     * @param id what {@code leat dlq show} takes
     * @param isSentAgain whether it was sent again
     */
    public record DeadLetter(String id, boolean isSentAgain) {}

    /** The dead letter of a record, {@code null} if there is none. */
    @Nullable
    DeadLetter letterOf(TracedRecord traced) {
        return letters.get(
                traced.position().partition() + "-" + traced.position().offset());
    }
}
