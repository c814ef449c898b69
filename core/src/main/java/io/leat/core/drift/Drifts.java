package io.leat.core.drift;

import io.leat.core.drift.Observation.Seen;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Watches how the fields of each site look. The same observations in the same order give the same alerts on every machine. For
 * one thread.
 *
 * <p>Limits: {@value #MOST_SITES} sites, {@value #MOST_FIELDS} fields of each; what comes beyond them is not watched.
 */
public final class Drifts {

    static final int MOST_SITES = 1_000;
    static final int MOST_FIELDS = 500;

    private static final int MOST_REMEMBERED = 64;

    private static final Seen NOTHING = new Seen(Look.ABSENT, null);

    private final Map<String, Site> sites = new TreeMap<>();

    private static final class Site {
        private long records;
        private long begun;
        private final Map<String, FieldHistory> fields = new TreeMap<>();
        /** What observations say of each of the fields, in their order: worked out once where one stands for many scrapes. */
        private final IdentityHashMap<Observation, Seen[]> inOrder = new IdentityHashMap<>();

        Seen[] seen(Observation observation) {
            Seen[] known = inOrder.get(observation);
            if (known != null) {
                return known;
            }
            boolean hasNew = false;
            for (String field : observation.fields().keySet()) {
                if (!fields.containsKey(field) && fields.size() < MOST_FIELDS) {
                    fields.put(field, new FieldHistory(records, begun));
                    hasNew = true;
                }
            }
            if (hasNew || inOrder.size() >= MOST_REMEMBERED) {
                inOrder.clear();
            }
            Seen[] seen = fields.keySet().stream()
                    .map(field -> observation.fields().getOrDefault(field, NOTHING))
                    .toArray(Seen[]::new);
            inOrder.put(observation, seen);
            return seen;
        }
    }

    /** Takes in one scrape, and says what it settles: mostly nothing. */
    public List<DriftAlert> observe(Observation observation, long timeMillis) {
        return observe(observation, new long[] {timeMillis}, 0, 1);
    }

    /**
     * Takes in scrapes of a site that follow one another and look alike, and says what they settle: mostly nothing. To take them
     * one by one comes to the same.
     *
     * @param times when they were taken, milliseconds since 1970, from one place to before another
     */
    public List<DriftAlert> observe(Observation observation, long[] times, int from, int to) {
        Site site = sites.get(observation.site());
        if (site == null) {
            if (sites.size() >= MOST_SITES) {
                return List.of();
            }
            site = new Site();
            site.begun = times[from];
            sites.put(observation.site(), site);
        }
        Seen[] seen = site.seen(observation);
        site.records += to - from;
        List<DriftAlert> alerts = new ArrayList<>(0);
        int place = 0;
        for (Map.Entry<String, FieldHistory> field : site.fields.entrySet()) {
            Seen here = seen[place++];
            FieldHistory history = field.getValue();
            history.sample(here.look(), here.sample());
            for (int next = from; next < to && !history.isUsual(here.look(), to - next); next++) {
                DriftAlert alert = history.look(observation.site(), field.getKey(), here.look(), times[next]);
                if (alert != null) {
                    alerts.add(alert);
                }
            }
        }
        return alerts;
    }

    /** Gives all that is remembered to {@code parts}, or takes it from there. */
    public void pass(Parts parts) {
        List<String> names = new ArrayList<>(sites.keySet());
        long count = parts.whole(names.size());
        for (int i = 0; i < count; i++) {
            Site site = sites.computeIfAbsent(parts.text(i < names.size() ? names.get(i) : ""), name -> new Site());
            site.records = parts.whole(site.records);
            site.begun = parts.whole(site.begun);
            List<String> fields = new ArrayList<>(site.fields.keySet());
            long fieldCount = parts.whole(fields.size());
            for (int j = 0; j < fieldCount; j++) {
                site.fields
                        .computeIfAbsent(
                                parts.text(j < fields.size() ? fields.get(j) : ""), name -> new FieldHistory(0, 0))
                        .pass(parts);
            }
        }
    }
}
