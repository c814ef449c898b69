package io.leat.delivery.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.RandomSeed;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds of a lane whatever fails and dies, and that the check would see it if it did not. */
class KilledLaneTest {

    private static final int LIVES = 300;
    private static final Predicate<LaneLife.Seen> LOSES = seen -> seen.lost() > 0;
    private static final Predicate<LaneLife.Seen> REORDERS = seen -> seen.disorder() > 0;
    private static final Predicate<LaneLife.Seen> REPEATS = seen -> seen.repeats() > seen.allowed();

    private final RandomSeed seed = RandomSeed.of("lane");

    @Test
    void whateverFailsAndDiesNothingIsLostReorderedOrRepeatedBeyondWhatWasUnderWay() {
        assertThat(lives(LaneLife.Fault.NONE))
                .as(seed.toString())
                .noneMatch(LOSES.or(REORDERS).or(REPEATS));
    }

    @Test
    void aGatewayThatGoesOnBeforeItsCommitIsCaughtReorderingAndRepeating() {
        List<LaneLife.Seen> seen = lives(LaneLife.Fault.GOES_ON_BEFORE_THE_COMMIT);
        assertThat(seen).as(seed.toString()).anyMatch(REORDERS).anyMatch(REPEATS);
    }

    @Test
    void aGatewayThatForgetsWhatIsOpenIsCaughtLosing() {
        assertThat(lives(LaneLife.Fault.FORGETS_WHAT_IS_OPEN))
                .as(seed.toString())
                .anyMatch(LOSES);
    }

    @Test
    void aGatewayThatForgetsWhatIsDoneIsCaughtRepeating() {
        assertThat(lives(LaneLife.Fault.FORGETS_WHAT_IS_DONE))
                .as(seed.toString())
                .anyMatch(REPEATS);
    }

    private List<LaneLife.Seen> lives(LaneLife.Fault fault) {
        RandomGenerator random = seed.random();
        return Stream.generate(() -> new LaneLife(random.nextLong(), fault).live())
                .limit(LIVES)
                .toList();
    }
}
