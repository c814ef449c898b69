package io.leat.core.drift;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the fields of one scrape look.
 *
 * @param site whose scrape it is
 * @param timeMillis when it was taken, milliseconds since 1970
 * @param fields by dotted path; what is not there is {@link Look#ABSENT}
 */
public record Observation(String site, long timeMillis, Map<String, Seen> fields) {

    public Observation {
        fields = Map.copyOf(fields);
    }

    /**
     * One field.
     *
     * @param sample a short quote of its value, {@code null} where one was told before
     */
    public record Seen(Look look, @Nullable String sample) {}
}
