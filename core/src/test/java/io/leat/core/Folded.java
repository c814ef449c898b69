package io.leat.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The items of one key decided one after the other, as the job does. */
final class Folded {

    private final Changes changes;
    private final List<String> told = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Tally tally = Tally.ZERO;
    private @Nullable Known known;

    Folded(Rules rules) {
        changes = new Changes(Items.feed(rules));
    }

    Decision decide(Item item) {
        Decision decision = changes.decide(known, item);
        changes.notes(known, item, decision)
                .forEach(note -> notes.add(note.status().word() + "@" + note.eventTime() / 1_000_000));
        if (decision instanceof Decision.Told tale) {
            Change change = tale.change();
            told.add("%s %d %s@%d"
                    .formatted(
                            change.op().word(),
                            change.seq(),
                            item.compared().at("price"),
                            item.eventTime() / 1_000_000));
            if (!tale.next().equals(Known.told(null, change, item.compared()))) {
                throw new AssertionError("remembered after a change is more than it says: " + tale.next());
            }
        }
        Known next = decision.next();
        known = next == null ? known : next;
        tally = tally.plus(Tally.of(decision));
        return decision;
    }

    /** Decides prices, each a second after the one before, from second 1 on. */
    Folded prices(String... prices) {
        for (int i = 0; i < prices.length; i++) {
            decide(Items.at(i + 1L, prices[i]));
        }
        return this;
    }

    /** Each change as {@code op seq price@second}. */
    List<String> told() {
        return told;
    }

    /** Each note as {@code status@second of the held item}. */
    List<String> notes() {
        return notes;
    }

    Tally tally() {
        return tally;
    }

    @Nullable
    Known known() {
        return known;
    }
}
