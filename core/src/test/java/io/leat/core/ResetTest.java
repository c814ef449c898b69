package io.leat.core;

import static io.leat.core.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResetTest {

    private static final String OLD = "old topic";
    private static final String NEW = "new topic";

    private final Changes inOld = new Changes(Items.feed(), OLD);
    private final Changes inNew = new Changes(Items.feed(), NEW);

    @Test
    void aResetCountsForTheTopicItStandsInAndNotForOneThatIsMadeAnew() {
        Known known = reset(inOld, told(inOld, null, 0, 900, "9"), 15);

        assertThat(inOld.decide(known, placed(1, 20, "2"))).isInstanceOf(Decision.Stale.class);
        assertThat(inOld.decide(known, placed(16, 20, "2"))).isInstanceOf(Decision.Told.class);
        assertThat(inNew.decide(known, placed(1, 20, "2"))).isInstanceOf(Decision.Told.class);
    }

    @Test
    void aKeyIsResetAgainInATopicThatWasMadeAnew() {
        Known known = reset(inOld, told(inOld, null, 0, 900, "9"), 15);
        known = told(inNew, known, 1, 800, "8");

        Known again = reset(inNew, known, 2);

        assertThat(again.floor()).isEqualTo(new Floor(NEW, 0, 2));
        assertThat(inNew.decide(again, placed(3, 20, "2"))).isInstanceOf(Decision.Told.class);
    }

    /** Compaction leaves the last change of a key, and the raw topic is read from its start. */
    @Test
    void theLastChangeOfAKeySaysUpToWhereItWasReset() {
        Known known = reset(inOld, told(inOld, null, 0, 900, "9"), 15);
        Change last = ((Decision.Told) inOld.decide(known, placed(16, 20, "2"))).change();

        Known anew = ((RollForward.Advanced) RollForward.decide(null, last, Items.at(20, "2").compared(), true)).next();

        assertThat(anew.floor()).isEqualTo(new Floor(OLD, 0, 15));
        assertThat(inOld.decide(anew, placed(0, 900, "9"))).isInstanceOf(Decision.Stale.class);
    }

    private static Known told(Changes changes, Known known, long offset, long second, String price) {
        return changes.decide(known, placed(offset, second, price)).next();
    }

    private static Known reset(Changes changes, Known known, long offset) {
        Item said = new Item(
                "[\"a\"]",
                0,
                known.firstSeen(),
                Compared.NOTHING,
                "",
                new Position("shop.raw", 0, offset),
                "",
                "",
                Ruling.RESET);
        return changes.decide(known, said).next();
    }

    private static Item placed(long offset, long second, String price) {
        Item item = item(second * 1_000_000, 0, price);
        return new Item(
                item.key(),
                item.eventTime(),
                item.tie(),
                item.compared(),
                item.body(),
                new Position("shop.raw", 0, offset),
                "");
    }
}
