package io.leat.core.drift;

import io.leat.core.drift.Observation.Seen;
import java.util.ArrayList;
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

    private static final Seen NOTHING = new Seen(Look.ABSENT, null);

    private final Map<String, Site> sites = new TreeMap<>();

    private static final class Site {
        private long records;
        private long begun;
        private final Map<String, FieldHistory> fields = new TreeMap<>();
    }

    /** Takes in one scrape, and says what it settles: mostly nothing. */
    public List<DriftAlert> observe(Observation observation) {
        Site site = sites.get(observation.site());
        if (site == null) {
            if (sites.size() >= MOST_SITES) {
                return List.of();
            }
            site = new Site();
            site.begun = observation.timeMillis();
            sites.put(observation.site(), site);
        }
        for (String field : observation.fields().keySet()) {
            if (!site.fields.containsKey(field) && site.fields.size() < MOST_FIELDS) {
                site.fields.put(field, new FieldHistory(site.records, site.begun));
            }
        }
        site.records++;
        List<DriftAlert> alerts = new ArrayList<>(0);
        for (Map.Entry<String, FieldHistory> field : site.fields.entrySet()) {
            Seen seen = observation.fields().getOrDefault(field.getKey(), NOTHING);
            DriftAlert alert = field.getValue()
                    .look(observation.site(), field.getKey(), seen.look(), seen.sample(), observation.timeMillis());
            if (alert != null) {
                alerts.add(alert);
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
