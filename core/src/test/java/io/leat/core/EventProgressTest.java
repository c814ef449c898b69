package io.leat.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.EventProgress.Extent;
import io.leat.core.EventProgress.Reached;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventProgressTest {

    private static final int LOOKS = 3;

    private final EventProgress progress = new EventProgress(LOOKS);

    private void look(int times, Map<Integer, Extent> extents) {
        for (int i = 0; i < times; i++) {
            progress.looked(extents);
        }
    }

    @Test
    void itIsThatOfThePartitionThatIsFurthestBehind() {
        progress.begin(0, 0, Reached.NOTHING);
        progress.begin(1, 0, Reached.NOTHING);
        progress.read(0, 0, 9_000);
        assertThat(progress.time()).isEqualTo(EventProgress.NEVER);
        progress.read(1, 0, 5_000);
        progress.read(1, 1, 4_000);
        assertThat(progress.time()).isEqualTo(5_000);
    }

    @Test
    void aBacklogIsNoSilenceHoweverLongItTakes() {
        progress.begin(0, 0, Reached.NOTHING);
        progress.begin(1, 0, Reached.NOTHING);
        progress.read(0, 0, 9_000);
        look(100, Map.of(0, new Extent(0, 1), 1, new Extent(0, 5)));
        assertThat(progress.time()).isEqualTo(EventProgress.NEVER);
    }

    @Test
    void aPartitionIsSilentOnceItWasFoundReadToItsEndSeveralTimes() {
        progress.begin(0, 0, Reached.NOTHING);
        progress.begin(1, -2, Reached.NOTHING);
        progress.read(0, 0, 9_000);
        look(LOOKS - 1, Map.of(0, new Extent(0, 7), 1, new Extent(40, 40)));
        assertThat(progress.time()).isEqualTo(EventProgress.NEVER);
        look(1, Map.of(0, new Extent(0, 7), 1, new Extent(40, 40)));
        assertThat(progress.time()).isEqualTo(9_000);
        assertThat(progress.isSilent()).isFalse();
    }

    @Test
    void anItemEndsTheSilence() {
        progress.begin(0, 0, Reached.NOTHING);
        progress.begin(1, 0, Reached.NOTHING);
        progress.read(0, 0, 9_000);
        progress.read(1, 0, 1_000);
        look(LOOKS, Map.of(1, new Extent(0, 1)));
        assertThat(progress.time()).isEqualTo(9_000);
        progress.read(1, 1, 2_000);
        progress.read(0, 1, 10_000);
        assertThat(progress.time())
                .as("waits for it again, and does not go back")
                .isEqualTo(9_000);
    }

    @Test
    void whatHasNoEventTimeIsReadAndHoldsNobodyUp() {
        progress.begin(0, 0, Reached.NOTHING);
        progress.begin(1, 0, Reached.NOTHING);
        progress.read(0, 0, 9_000);
        for (int offset = 0; offset < LOOKS; offset++) {
            progress.read(1, offset, EventProgress.NEVER);
            progress.looked(Map.of(1, new Extent(0, offset + 1)));
        }
        assertThat(progress.time()).isEqualTo(9_000);
    }

    @Test
    void onceAllAreSilentItIsThatOfTheNewest() {
        progress.begin(0, 0, Reached.NOTHING);
        progress.begin(1, 0, Reached.NOTHING);
        progress.read(0, 0, 9_000);
        progress.read(1, 0, 5_000);
        look(LOOKS, Map.of(0, new Extent(0, 1), 1, new Extent(0, 1)));
        assertThat(progress.isSilent()).isTrue();
        assertThat(progress.time()).isEqualTo(9_000);
    }

    @Test
    void aPartitionThatIsAddedHoldsItUntilItHasBeenReadOrIsSilent() {
        progress.begin(0, 0, Reached.NOTHING);
        progress.read(0, 0, 1_000);
        assertThat(progress.time()).isEqualTo(1_000);
        progress.begin(1, 0, Reached.NOTHING);
        progress.read(0, 1, 9_000);
        assertThat(progress.time()).isEqualTo(1_000);
        progress.read(1, 0, 8_000);
        assertThat(progress.time()).isEqualTo(8_000);
    }

    @Test
    void whoIsTooFarAheadIsSoUntilItIsWellWithinReach() {
        progress.begin(0, 0, Reached.NOTHING);
        progress.begin(1, 0, Reached.NOTHING);
        progress.read(0, 0, 1_000);
        progress.read(1, 0, 2_001);
        progress.time();
        assertThat(progress.tooFarAhead(1_000)).containsExactly(1);
        progress.read(0, 1, 1_400);
        progress.time();
        assertThat(progress.tooFarAhead(1_000)).containsExactly(1);
        progress.read(0, 2, 1_600);
        progress.time();
        assertThat(progress.tooFarAhead(1_000)).isEmpty();
    }

    @Test
    void theEndOfTheInputIsSilenceUntilAnItemComes() {
        progress.begin(0, 0, Reached.NOTHING);
        progress.begin(1, 0, Reached.NOTHING);
        progress.read(0, 0, 10);
        progress.read(1, 0, 90);
        progress.ended(0, 1);
        progress.ended(1, 1);
        assertThat(progress.isSilent()).isTrue();
        assertThat(progress.time()).isEqualTo(90);
        progress.read(0, 2, 20);
        progress.read(1, 2, 200);
        assertThat(progress.isSilent()).isFalse();
        assertThat(progress.time()).as("what is fed on is waited for").isEqualTo(90);
    }

    @Test
    void aLaterLifeKnowsHowFarPartitionsHadCome() {
        progress.begin(0, 0, Reached.NOTHING);
        progress.begin(1, 0, Reached.NOTHING);
        progress.read(0, 0, 9_000);
        progress.read(1, 0, 5_000);
        progress.ended(1, 1);

        EventProgress later = new EventProgress(LOOKS);
        later.begin(0, 1, progress.reached(0));
        later.begin(1, 2, progress.reached(1));
        assertThat(later.time()).isEqualTo(5_000);
        later.read(0, 1, 10_000);
        assertThat(later.time()).isEqualTo(5_000);
        later.looked(Map.of(1, new Extent(0, 2)));
        assertThat(later.time()).isEqualTo(10_000);
    }

    @Test
    void whatCameAfterTheEndWhileNobodyReadIsNoSilence() {
        progress.begin(0, 0, Reached.NOTHING);
        progress.ended(0, 7);

        EventProgress later = new EventProgress(LOOKS);
        later.begin(0, 8, progress.reached(0));
        later.begin(1, 0, Reached.NOTHING);
        later.read(1, 0, 9_000);
        later.looked(Map.of(0, new Extent(0, 9)));
        assertThat(later.time()).isEqualTo(EventProgress.NEVER);
        later.read(0, 8, 6_000);
        later.looked(Map.of(0, new Extent(0, 9)));
        assertThat(later.time()).isEqualTo(6_000);
    }

    @Test
    void endsAreReachedOnceEveryPartitionIsReadUpToThem() {
        progress.begin(0, 0, Reached.NOTHING);
        progress.begin(1, 5, Reached.NOTHING);
        Map<Integer, Extent> ends = Map.of(0, new Extent(0, 2), 1, new Extent(0, 5));
        progress.read(0, 0, EventProgress.NEVER);
        assertThat(progress.hasReached(ends)).isFalse();
        progress.read(0, 1, EventProgress.NEVER);
        assertThat(progress.hasReached(ends)).isTrue();
        assertThat(progress.hasReached(Map.of(0, new Extent(0, 2))))
                .as("nobody knows where the other ends")
                .isFalse();
    }
}
