package io.leat.core;

import static io.leat.core.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangesTest {

    private final Changes changes = new Changes(Items.feed());

    @Test
    void otherValuesOfOneMomentAreTiedWhereNobodySaysWhichCameLast() {
        Changes changes = new Changes(Items.feed());
        Known known = changes.decide(null, Items.item(5, 7, "1")).next();

        assertThat(changes.decide(known, Items.item(5, 3, "2"))).isInstanceOf(Decision.Stale.class);
        assertThat(changes.isTied(known, Items.item(5, 3, "2"))).isTrue();
        assertThat(changes.isTied(known, Items.item(5, 7, "1"))).as("a repeat").isFalse();
        assertThat(changes.isTied(known, Items.item(5, 3, "1"))).as("nothing that counts").isFalse();
        assertThat(changes.isTied(known, Items.item(4, 3, "2"))).as("older").isFalse();
    }

    @Test
    void theFirstItemOfAKeyIsNew() {
        Change change = told(changes.decide(null, item(1, 0, "10"))).change();

        assertThat(change.op()).isEqualTo(Op.NEW);
        assertThat(change.seq()).isEqualTo(1);
        assertThat(change.before()).isNull();
        assertThat(change.changed()).isEmpty();
    }

    @Test
    void aNewPriceIsAnUpdateThatNamesTheFieldAndItsValueBefore() {
        Known known = told(changes.decide(null, item(1, 0, "10"))).next();

        Change change = told(changes.decide(known, item(2, 0, "11"))).change();

        assertThat(change.op()).isEqualTo(Op.UPDATE);
        assertThat(change.seq()).isEqualTo(2);
        assertThat(change.changed()).containsExactly("price");
        assertThat(change.before()).isEqualTo(new Compared(List.of("price"), List.of("10")));
    }

    @Test
    void anUnchangedPriceIsNotToldButMovesTheFence() {
        Known known = told(changes.decide(null, item(1, 0, "10"))).next();

        Decision decision = changes.decide(known, item(5, 0, "10"));

        assertThat(decision).isInstanceOf(Decision.Unchanged.class);
        Known next = ((Decision.Unchanged) decision).next();
        assertThat(next.eventTime()).isEqualTo(5);
        assertThat(next.seq()).isEqualTo(1);
        assertThat(changes.decide(next, item(4, 9, "12"))).isInstanceOf(Decision.Stale.class);
    }

    @Test
    void anOlderItemAndARepeatAreStale() {
        Known known = told(changes.decide(null, item(3, 7, "10"))).next();

        assertThat(changes.decide(known, item(2, 9, "11"))).isInstanceOf(Decision.Stale.class);
        assertThat(changes.decide(known, item(3, 7, "10"))).isInstanceOf(Decision.Stale.class);
        assertThat(changes.decide(known, item(3, 6, "11"))).isInstanceOf(Decision.Stale.class);
    }

    @Test
    void thereAndBackAgainIsToldTwice() {
        List<String> told = new ArrayList<>();
        Known known = null;
        long time = 0;
        for (String price : List.of("10", "11", "10")) {
            Decision.Told decision = told(changes.decide(known, item(++time, 0, price)));
            told.add(decision.change().after());
            known = decision.next();
        }
        assertThat(told).hasSize(3);
    }

    @Test
    void aFieldThatWasNotComparedBeforeIsLearnedSilently() {
        Known known = new Known(1, 0, 4, new Compared(List.of("price"), List.of("10")));
        Item wider = new Item(
                "[\"a\"]",
                2,
                0,
                new Compared(List.of("price", "stock"), List.of("10", "true")),
                "{}",
                new Position("shop.raw", 0, 2),
                "");

        Decision decision = changes.decide(known, wider);

        assertThat(decision).isInstanceOf(Decision.Unchanged.class);
        assertThat(((Decision.Unchanged) decision).next().compared().at("stock"))
                .isEqualTo("true");
    }

    @Test
    void whereAllFieldsAreComparedAFieldThatAppearsIsAChangeAndAnAbsentOneIsNull() {
        Changes all = new Changes(Items.feed(new Feed.Comparison.AllBut(List.of())));
        Known known = new Known(1, 0, 1, new Compared(List.of("a", "b"), List.of("1", "null")));

        Decision decision = all.decide(known, compared(2, List.of("a", "c"), List.of("1", "2")));
        assertThat(told(decision).change().changed()).containsExactly("c");

        Decision gone = all.decide(known, compared(2, List.of("b"), List.of("null")));
        assertThat(told(gone).change().changed()).containsExactly("a");
    }

    @Test
    void unicodeFormIsNotAChange() {
        Known known = new Known(1, 0, 1, new Compared(List.of("price"), List.of("\"caf\u00e9\"")));

        assertThat(changes.decide(known, item(2, 0, "\"cafe\u0301\""))).isInstanceOf(Decision.Unchanged.class);
    }

    private static Item compared(long time, List<String> paths, List<String> values) {
        return new Item("[\"a\"]", time, 0, new Compared(paths, values), "{}", new Position("shop.raw", 0, time), "");
    }

    private static Decision.Told told(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Told.class);
        return (Decision.Told) decision;
    }
}
