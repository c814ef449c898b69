package io.leat.job.scenario;

import io.leat.core.Change;
import io.leat.core.HeldNote;
import io.leat.core.Item;
import io.leat.core.Refusal;
import io.leat.core.Tally;
import io.leat.format.ChangeJson;
import io.leat.format.Fold;
import io.leat.format.HeldJson;
import io.leat.testkit.PlainJson;
import io.leat.testkit.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What came out of a scenario. */
final class Outcome implements Fold.Outcome {

    private final String feed;
    private final List<JsonNode> changes = new ArrayList<>();
    private final List<JsonNode> held = new ArrayList<>();
    private final List<JsonNode> dead = new ArrayList<>();
    private final List<JsonNode> late = new ArrayList<>();

    Outcome(String feed) {
        this.feed = feed;
    }

    @Override
    public void told(Change change) {
        changes.add(PlainJson.parse(ChangeJson.write(feed, change)));
    }

    @Override
    public void noted(HeldNote note) {
        held.add(PlainJson.parse(HeldJson.write(feed, note)));
    }

    @Override
    public void refused(Refusal refusal) {
        dead.add(PlainJson.parse("{\"code\":\"" + refusal.code().word() + "\"}"));
    }

    @Override
    public void late(Item item) {
        late.add(PlainJson.parse(item.body()));
    }

    List<String> judgedBy(Scenario scenario, List<String> windows, Tally tally) {
        return scenario.judge(
                new Scenario.Found(
                        changes,
                        held,
                        dead,
                        late,
                        windows.stream().map(PlainJson::parse).toList()),
                Map.of(
                        "in",
                        tally.in(),
                        "changed",
                        tally.changed(),
                        "unchanged",
                        tally.unchanged(),
                        "stale",
                        tally.stale(),
                        "dead",
                        tally.dead(),
                        "late",
                        tally.late(),
                        "seeded",
                        tally.seeded(),
                        "unsettled",
                        tally.unsettled(),
                        "held",
                        tally.held(),
                        Scenario.WAITING,
                        tally.inFlight()));
    }
}
