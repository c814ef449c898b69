package io.leat.gateway.access;

import java.util.LinkedHashMap;
import java.util.Map;

/** So many a second of each caller, and ten times as many at once. Remembers a bounded number of callers. Thread-safe. */
final class Pace {

    private static final int CALLERS = 10_000;
    private static final int BURST = 10;

    private final double perMilli;
    private final double most;
    private final Map<String, Level> levels = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Level> eldest) {
            return size() > CALLERS;
        }
    };

    Pace(int perSecond) {
        this.perMilli = perSecond / 1_000.0;
        this.most = perSecond * (double) BURST;
    }

    private record Level(double left, long at) {}

    /** Whether one more is within the pace at this moment; if so, it counts. */
    synchronized boolean allows(String caller, long now) {
        Level level = levels.getOrDefault(caller, new Level(most, now));
        double left = Math.min(most, level.left() + Math.max(0, now - level.at()) * perMilli);
        boolean allowed = left >= 1;
        levels.put(caller, new Level(allowed ? left - 1 : left, now));
        return allowed;
    }
}
