package io.leat.format.scenario;

import io.leat.core.Change;
import io.leat.core.HeldNote;
import io.leat.core.Item;
import io.leat.core.Refusal;
import io.leat.core.Tally;
import io.leat.format.ChangeJson;
import io.leat.format.Fold;
import io.leat.format.HeldJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers what comes out of a fold. For one thread. */
public final class Outcome implements Fold.Outcome {

    private final String feed;
    private final List<String> changes = new ArrayList<>();
    private final List<String> held = new ArrayList<>();
    private final List<String> dead = new ArrayList<>();
    private final List<String> late = new ArrayList<>();

    /** @param feed the feed's name */
    public Outcome(String feed) {
        this.feed = feed;
    }

    @Override
    public void told(Change change) {
        changes.add(ChangeJson.write(feed, change));
    }

    @Override
    public void noted(HeldNote note) {
        held.add(HeldJson.write(feed, note));
    }

    @Override
    public void refused(Refusal refusal) {
        dead.add("{\"code\":\"%s\",\"field\":%s}".formatted(refusal.code().word(), quoted(refusal.field())));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", "?") + '"';
    }

    @Override
    public void late(Item item) {
        late.add(item.body());
    }

    /** All of it. */
    public Found found(List<String> windows) {
        return new Found(changes, held, dead, late, windows);
    }

    /** Where the scrapes went, by the names that a scenario uses. */
    public static Map<String, Long> counters(Tally tally) {
        Map<String, Long> counters = new LinkedHashMap<>();
        counters.put("in", tally.in());
        counters.put("changed", tally.changed());
        counters.put("unchanged", tally.unchanged());
        counters.put("stale", tally.stale());
        counters.put("dead", tally.dead());
        counters.put("late", tally.late());
        counters.put("seeded", tally.seeded());
        counters.put("unsettled", tally.unsettled());
        counters.put("held", tally.held());
        counters.put(Scenario.WAITING, tally.inFlight());
        return counters;
    }
}
