package io.leat.delivery.files;

import io.leat.delivery.batch.Arrival;
import io.leat.delivery.lane.LogEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One partition of a change log in memory: changes, the marks of transactions between them, and one that may be open. */
final class SimulatedLog {

    static final String DAY = "2026-11-25T10:00:00Z";

    private final List<Arrival> arrivals = new ArrayList<>();
    private long end;
    private long openFrom = Long.MAX_VALUE;

    /** Appends changes at a moment of the broker's, and the mark of their transaction. */
    SimulatedLog tell(long appendedMillis, int changes) {
        for (int i = 0; i < changes; i++) {
            tell(appendedMillis, DAY);
        }
        end++;
        return this;
    }

    /** Appends one change of an event time. */
    SimulatedLog tell(long appendedMillis, String eventTime) {
        return tell(appendedMillis, eventTime, true);
    }

    /** Appends one change that nobody asks for. */
    SimulatedLog tellUnwanted(long appendedMillis) {
        return tell(appendedMillis, DAY, false);
    }

    private SimulatedLog tell(long appendedMillis, String eventTime, boolean wanted) {
        String id = String.format(Locale.ROOT, "id-%06d", end);
        byte[] line = ("{\"id\":\"" + id + "\",\"key\":[\"k" + end % 7 + "\"],\"after\":{\"price\":" + end + "}}")
                .getBytes(StandardCharsets.UTF_8);
        LogEntry entry = new LogEntry(end, "k" + end % 7, id, "update", eventTime, line);
        arrivals.add(new Arrival(end, appendedMillis, wanted ? entry : null));
        end++;
        return this;
    }

    /** What follows belongs to a transaction that is open: no reader gets it or what comes behind it. */
    SimulatedLog begin() {
        openFrom = end;
        return this;
    }

    /** The open transaction is over. */
    SimulatedLog commit() {
        openFrom = Long.MAX_VALUE;
        end++;
        return this;
    }

    /** What a reader gets from an offset on, at most so much. */
    List<Arrival> read(long from, int most) {
        return arrivals.stream()
                .filter(arrival -> arrival.offset() >= from && arrival.offset() < openFrom)
                .limit(most)
                .toList();
    }

    /** Behind everything, open transactions too. */
    long end() {
        return end;
    }

    /** How far a reader can get. */
    long readable() {
        return Math.min(end, openFrom);
    }

    /** The ids of all changes that are asked for. */
    List<String> ids() {
        return arrivals.stream()
                .map(Arrival::change)
                .filter(java.util.Objects::nonNull)
                .map(LogEntry::id)
                .toList();
    }
}
