package io.leat.format.spans;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a trace, as OpenTelemetry calls it: one stage of the way of a scrape.
 *
 * @param stage which one
 * @param parent the {@code traceparent} that the stage was given
 * @param id sixteen hexadecimal digits, its own
 * @param beganMillis milliseconds since 1970
 * @param endedMillis milliseconds since 1970, by the clock of another machine maybe
 * @param about what else is known, texts and {@code Long}s, by OpenTelemetry's names where it has some
 * @param trouble what went wrong, in a few words; {@code null} if nothing did
 */
public record Span(
        Stage stage,
        String parent,
        String id,
        long beganMillis,
        long endedMillis,
        Map<String, Object> about,
        @Nullable String trouble) {

    /** The stages of the way of a scrape. */
    public enum Stage {
        /** A request with scrapes, until it is answered. */
        INGEST,
        /** In the raw topic, from when the broker took it until it is read. */
        RAW,
        /** From when it is read until its change can be seen in the log. */
        CHANGE,
        /** One attempt to tell one client the change. */
        DELIVERY;

        /** How the stage is called where spans are shown. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public Span {
        about = Map.copyOf(about);
    }
}
