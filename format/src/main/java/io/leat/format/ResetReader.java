package io.leat.format;

import io.leat.core.Compared;
import io.leat.core.Evidence;
import io.leat.core.Item;
import io.leat.core.Position;
import io.leat.core.Ruling;
import java.time.DateTimeException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads what a person says of a key. */
public final class ResetReader {

    private ResetReader() {}

    /**
     * What a person says who resets a key.
     *
     * @param said an object with the {@code key} and the {@code first_seen} of its last change, {@code null} for a record
     *     without a value
     * @param brokerTimeMillis when the broker took it, milliseconds since 1970
     * @return {@code null} if it is no such object
     */
    public static @Nullable Item read(byte @Nullable [] said, long brokerTimeMillis, Position position) {
        try {
            JsonNode reset = said == null ? null : Json.OWN.readTree(said);
            if (reset == null || !reset.path("key").isArray()) {
                return null;
            }
            JsonNode first = reset.path("first_seen");
            return new Item(
                    CanonicalJson.of(reset.path("key")),
                    brokerTimeMillis * 1_000,
                    first.isString() ? EventTimes.parse(first.stringValue()) : Evidence.UNKNOWN,
                    new Compared(List.of(), List.of()),
                    "",
                    position,
                    "",
                    "",
                    Ruling.RESET);
        } catch (JacksonException | DateTimeException e) {
            return null;
        }
    }
}
