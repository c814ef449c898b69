package io.leat.gateway.stream;

import io.leat.gateway.log.Ends;
import io.leat.gateway.log.EventId;
import io.leat.gateway.log.OpenLog;
import io.leat.gateway.log.Place;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the place where a reader begins, and what has been lost before it. */
final class Opening {

    private Opening() {}

    /**
     * Where to begin.
     *
     * @param gap what the reader has to be told first; {@code null} if nothing is missing
     */
    record Found(Place place, @Nullable Map<String, Object> gap) {}

    /** Why something is missing. */
    private enum Reason {
        /** The log no longer has it. */
        DELETED,
        /** Only the last change of each key may be left of it. */
        COMPACTED,
        /** The id is ahead of this log, which is read from its beginning. */
        AHEAD,
        /** The id is of another log, or of one that was made anew: this one is read from its beginning. */
        OTHER_LOG
    }

    /**
     * Looks it up.
     *
     * @return fails with {@link IllegalArgumentException} for an id that is none
     */
    static Future<Found> find(OpenLog log, Start start) {
        if (start instanceof Start.Now) {
            return log.now().map(place -> new Found(place, null));
        }
        if (start instanceof Start.Since since) {
            return log.since(since.millis()).compose(place -> log.ends().map(ends -> resume(place, ends)));
        }
        if (start instanceof Start.After after) {
            return after(log, EventId.parse(after.id()));
        }
        return log.ends()
                .map(ends -> new Found(
                        start instanceof Start.Snapshot
                                ? Place.inSnapshot(ends.begin(), ends.end())
                                : Place.at(ends.begin()),
                        null));
    }

    private static Future<Found> after(OpenLog log, @Nullable EventId id) {
        if (id != null && id.isForeignTo(log.identity())) {
            return log.ends().map(ends -> foreign(id, ends));
        }
        Place place = id == null ? null : Place.parse(id.place(), log.partitions());
        return place == null
                ? Future.failedFuture(new IllegalArgumentException("The id is none of this feed."))
                : log.ends().map(ends -> resume(place, ends));
    }

    /** What a reader of another log has seen says nothing of this one: it begins, and is told so. */
    static Found foreign(EventId id, Ends ends) {
        List<Map<String, Object>> missing = new ArrayList<>();
        for (int p = 0; p < ends.begin().length; p++) {
            missing.add(gap(p, 0, ends.begin()[p], Reason.OTHER_LOG));
        }
        Place place = id.isInSnapshot() ? Place.inSnapshot(ends.begin(), ends.end()) : Place.at(ends.begin());
        return new Found(place, Map.of("missing", missing));
    }

    static Found resume(Place wanted, Ends ends) {
        long[] snapshotEnd = wanted.snapshotEnd();
        long[] next = wanted.next();
        List<Map<String, Object>> missing = new ArrayList<>();
        for (int p = 0; p < next.length; p++) {
            long from = next[p];
            boolean ahead = from > ends.end()[p] || (snapshotEnd != null && snapshotEnd[p] > ends.end()[p]);
            if (ahead) {
                next[p] = ends.begin()[p];
                missing.add(gap(p, from, ends.begin()[p], Reason.AHEAD));
            } else if (from < ends.begin()[p]) {
                next[p] = ends.begin()[p];
                missing.add(gap(p, from, ends.begin()[p], Reason.DELETED));
            } else if (snapshotEnd == null && from < ends.thinned()[p]) {
                missing.add(gap(p, from, ends.thinned()[p], Reason.COMPACTED));
            }
            if (snapshotEnd != null && ahead) {
                snapshotEnd[p] = ends.end()[p];
            }
        }
        Place place = snapshotEnd == null ? Place.at(next) : Place.inSnapshot(next, snapshotEnd);
        return new Found(place, missing.isEmpty() ? null : Map.of("missing", missing));
    }

    private static Map<String, Object> gap(int partition, long from, long to, Reason reason) {
        Map<String, Object> gap = new LinkedHashMap<>();
        gap.put("partition", partition);
        gap.put("from", from);
        gap.put("to", to);
        gap.put("reason", reason.name().toLowerCase(java.util.Locale.ROOT));
        return gap;
    }
}
