package io.leat.app.sinks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Holds what an end has against the change log: what breaks the promise is a sentence each, and the first ones are told. Immutable. */
final class ChangesJudge {

    private static final int MOST_TOLD = 20;

    private final Map<String, List<String>> log;
    private final Map<String, String> keys = new HashMap<>();

    /** @param log the ids of each key's changes, in order */
    ChangesJudge(Map<String, List<String>> log) {
        this.log = new TreeMap<>(log);
        log.forEach((key, ids) -> ids.forEach(id -> keys.put(id, key)));
    }

    /** Whether each change is there once, those of a key in order. */
    List<String> once(Collection<String> ids) {
        List<String> faults = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String id : ids) {
            if (!seen.add(id)) {
                faults.add(id + " is there again");
            }
        }
        faults.addAll(atLeastOnce(ids));
        return first(faults);
    }

    /** Whether each change is there, those of a key in order but for what comes again. */
    List<String> atLeastOnce(Collection<String> ids) {
        List<String> faults = new ArrayList<>();
        Map<String, List<String>> found = new HashMap<>();
        for (String id : new LinkedHashSet<>(ids)) {
            String key = keys.get(id);
            if (key == null) {
                faults.add(id + " is not in the log");
            } else {
                found.computeIfAbsent(key, any -> new ArrayList<>()).add(id);
            }
        }
        log.forEach((key, all) -> {
            List<String> mine = found.getOrDefault(key, List.of());
            List<String> missing = new ArrayList<>(all);
            missing.removeAll(new HashSet<>(mine));
            missing.forEach(id -> faults.add(id + " is missing"));
            if (missing.isEmpty() && !mine.equals(all)) {
                faults.add("changes of " + key + " are out of order");
            }
        });
        return first(faults);
    }

    /** Whether there is the last change of each key, and nothing else. */
    List<String> newest(Map<String, String> table) {
        List<String> faults = new ArrayList<>();
        log.forEach((key, ids) -> {
            String last = ids.get(ids.size() - 1);
            String there = table.get(key);
            if (there == null) {
                faults.add(key + " is missing");
            } else if (!there.equals(last)) {
                faults.add(key + " has " + there + " and not " + last);
            }
        });
        table.keySet().stream()
                .filter(key -> !log.containsKey(key))
                .forEach(key -> faults.add(key + " is not in the log"));
        return first(faults);
    }

    private static List<String> first(List<String> faults) {
        return faults.subList(0, Math.min(MOST_TOLD, faults.size()));
    }

    /** How many changes the log has. */
    int size() {
        return keys.size();
    }
}
