package io.leat.job.model;

import io.leat.core.Change;
import io.leat.core.Compared;
import io.leat.core.Op;
import io.leat.format.ToldReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges a log whose keys may be remembered silently and may begin anew. */
final class RuledChain {

    private final ToldReader reader;
    private final boolean mayBeSeeded;

    RuledChain(ToldReader reader, boolean mayBeSeeded) {
        this.reader = reader;
        this.mayBeSeeded = mayBeSeeded;
    }

    /** What is wrong; empty if nothing is. */
    String broken(List<Change> log) {
        Map<String, Change> last = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (Change change : log) {
            String fault = !ids.add(change.id()) ? "told twice" : broken(last.put(change.key(), change), change);
            if (!fault.isEmpty()) {
                return fault + ": " + change;
            }
        }
        return "";
    }

    private String broken(@Nullable Change last, Change change) {
        boolean isReset = change.op() == Op.RESET || (last != null && last.op() == Op.RESET);
        if (last != null && !isReset && change.eventTime() < last.eventTime()) {
            return "back in time";
        }
        if (change.op() == Op.NEW) {
            boolean begins = change.seq() == 1
                    && change.before() == null
                    && change.evidence().firstSeen() == change.eventTime();
            return begins ? "" : "no beginning";
        }
        Compared before = change.before();
        if (change.op() == Op.BACK) {
            boolean returns = last != null
                    && (last.op() == Op.GONE || last.op() == Op.RESET)
                    && before == null
                    && change.seq() == last.seq() + 1;
            return returns ? "" : "back without having gone";
        }
        if (change.op() == Op.RESET && before == null) {
            return last != null && last.op() != Op.UPDATE && change.seq() == last.seq() + 1
                    ? ""
                    : "reset out of nothing";
        }
        if (before == null || (change.op() == Op.UPDATE && before.equals(reader.compared(change.after())))) {
            return "changes nothing";
        }
        boolean isOfTheSameLife =
                last != null && last.evidence().firstSeen() == change.evidence().firstSeen();
        if (!isOfTheSameLife) {
            return mayBeSeeded && change.seq() == 1 ? "" : "a life without its beginning";
        }
        return last.op() != Op.GONE
                        && last.op() != Op.RESET
                        && change.seq() == last.seq() + 1
                        && before.equals(reader.compared(last.after()))
                ? ""
                : "broken chain";
    }
}
