package io.leat.delivery.batch;

import java.util.List;

/**
 * What a partition of the log has, from where the last batch ended.
 *
 * @param arrivals in the order of the log
 * @param position everything below this offset is among what was handed over until now
 * @param settledMillis everything appended before this moment stands below {@code position}, and no transaction that could
 *     change that is open; milliseconds since 1970, 0 if that is not known
 * @param nowMillis milliseconds since 1970
 */
public record Batch(List<Arrival> arrivals, long position, long settledMillis, long nowMillis) {

    public Batch {
        arrivals = List.copyOf(arrivals);
    }
}
