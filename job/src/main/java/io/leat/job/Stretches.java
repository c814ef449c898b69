package io.leat.job;

import io.leat.core.drift.Observation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Gathers what is seen of sites and hands it on together: what a record costs to watch is mostly what it costs to hand it on.
 * Nothing is kept back for longer than a second of the broker's time, a head or a checkpoint. For one thread.
 */
final class Stretches {

    private static final int MOST_RECORDS = 4_096;
    private static final long MOST_MILLIS = 1_000;
    private static final int MOST_ROOM = 1 << 20;

    private final Consumer<Stretch> out;
    private final Map<String, Stretch> bySite = new HashMap<>();
    private final List<Stretch> begun = new ArrayList<>();
    private int records;
    private long firstMoment;

    Stretches(Consumer<Stretch> out) {
        this.out = out;
    }

    /** As {@link Stretch#add}. */
    void add(Observation look, long moment, long time, boolean isRefused, int size) {
        if (records > 0 && (records >= MOST_RECORDS || Math.abs(moment - firstMoment) >= MOST_MILLIS)) {
            flush();
        }
        if (records++ == 0) {
            firstMoment = moment;
        }
        Stretch stretch = bySite.get(look.site());
        if (stretch == null) {
            stretch = Stretch.of(look.site());
            bySite.put(look.site(), stretch);
        }
        if (stretch.looks() == 0) {
            begun.add(stretch);
        }
        stretch.add(look, moment, time, isRefused, size);
    }

    /** Hands on what there is. */
    void flush() {
        for (Stretch each : begun) {
            out.accept(each);
            each.clear();
        }
        begun.clear();
        records = 0;
        if (bySite.size() > MOST_RECORDS
                || bySite.values().stream().mapToInt(Stretch::room).sum() > MOST_ROOM) {
            bySite.clear();
        }
    }
}
