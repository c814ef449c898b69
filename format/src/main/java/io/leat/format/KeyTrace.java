package io.leat.format;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of the records of a key.
 *
 * @param key a canonical JSON array
 * @param base the last change that was told of records the raw topic no longer has; {@code null} if there is none
 * @param isPastKnown whether what was known of the key at the first record is certain to the last count: false if the raw
 *     topic no longer has all that was ever in it
 * @param counts how many records went where, by the words {@code told}, {@code unchanged}, {@code stale}, {@code seeded},
 *     {@code unsettled}, {@code held}, {@code refused}, {@code late}, {@code waits}, {@code unknown}; those left out of
 *     {@code records} too
 * @param records the ones asked for, in the order of their taking
 */
public record KeyTrace(
        String key,
        @Nullable LoggedChange base,
        boolean isPastKnown,
        Map<String, Long> counts,
        List<TracedRecord> records) {

    public KeyTrace {
        counts = Map.copyOf(counts);
        records = List.copyOf(records);
    }
}
