package io.leat.gateway.stream;

import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a reader wants to begin. */
sealed interface Start {

    String LAST_EVENT_ID = "last_event_id";
    String SINCE = "since";
    Set<String> PARAMETERS = Set.of(LAST_EVENT_ID, SINCE);

    /** What comes from now on. */
    record Now() implements Start {}

    /** The oldest change that is kept. */
    record Earliest() implements Start {}

    /** The last value of every key, then what follows. */
    record Snapshot() implements Start {}

    /** Changes written at this moment or later; milliseconds since 1970. */
    record Since(long millis) implements Start {}

    /** After the event with this id. */
    record After(String id) implements Start {}

    /**
     * Reads a request. The header of a reconnecting client wins over what its first address said.
     *
     * @throws IllegalArgumentException with a sentence that repeats nothing of the request
     */
    static Start of(@Nullable String lastEventId, MultiMap parameters) {
        if (lastEventId != null && !lastEventId.isEmpty()) {
            return new After(lastEventId);
        }
        String id = parameters.get(LAST_EVENT_ID);
        if (id != null) {
            return new After(id);
        }
        String since = parameters.get(SINCE);
        if (since == null) {
            return new Now();
        }
        return switch (since) {
            case "now" -> new Now();
            case "earliest" -> new Earliest();
            case "snapshot" -> new Snapshot();
            default -> new Since(moment(since));
        };
    }

    private static long moment(String text) {
        try {
            if (text.matches("\\d{1,15}")) {
                return Long.parseLong(text);
            }
            Instant moment = OffsetDateTime.parse(text).toInstant();
            return moment.toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "since is now, earliest, snapshot, a time such as 2026-02-07T17:22:01Z, or milliseconds.", e);
        }
    }
}
