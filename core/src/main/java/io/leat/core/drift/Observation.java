package io.leat.core.drift;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the fields of scrapes look. One may stand for many: whoever makes them gives the same object for scrapes that look alike.
 *
 * @param site whose scrapes they are
 * @param fields by dotted path; what is not there is {@link Look#ABSENT}
 */
public record Observation(String site, Map<String, Seen> fields) {

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
