package io.leat.delivery.lane;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** What of a lane has failed and did not yet go well. */
final class Failures {

    private static final int MOST_KEPT = 100;

    private final TreeMap<Long, Trials.Trial> trials;
    private long since;
    private boolean changed;

    Failures(Trials from) {
        trials = new TreeMap<>(from.byOffset());
        since = from.failingSince();
    }

    /** An attempt went well. */
    void worked() {
        since = Trials.NOT_FAILING;
    }

    /** An attempt failed; since when all have. */
    long failed(long now) {
        changed = true;
        since = since == Trials.NOT_FAILING ? now : since;
        return since;
    }

    /** This change waits for another attempt. */
    void note(Waiting change, int attempts) {
        trials.put(change.entry().offset(), new Trials.Trial(attempts, change.sinceMillis()));
    }

    /** This change waits for nothing more. */
    void forget(long offset) {
        trials.remove(offset);
    }

    Trials.@Nullable Trial of(long offset) {
        return trials.get(offset);
    }

    boolean haveChanged() {
        return changed;
    }

    /**
     * What outlives the gateway: of very many, the oldest.
     *
     * @param open tells offsets that are not done
     */
    Trials kept(LongPredicate open) {
        changed = false;
        if (trials.isEmpty() && since == Trials.NOT_FAILING) {
            return Trials.NONE;
        }
        TreeMap<Long, Trials.Trial> kept = new TreeMap<>();
        Iterator<Map.Entry<Long, Trials.Trial>> all = trials.entrySet().iterator();
        while (all.hasNext() && kept.size() < MOST_KEPT) {
            Map.Entry<Long, Trials.Trial> trial = all.next();
            if (open.test(trial.getKey())) {
                kept.put(trial.getKey(), trial.getValue());
            } else {
                all.remove();
            }
        }
        return new Trials(since, kept);
    }
}
