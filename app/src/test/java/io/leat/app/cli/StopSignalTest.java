package io.leat.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.exit.Exit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StopSignalTest {

    private final StopSignal stop = new StopSignal();

    @Test
    void aCommandThatNeverLooksWouldNotEndByItself() {
        assertThat(stop.isHeeded()).isFalse();
        assertThat(stop.ask(Exit.OK)).isTrue();
        assertThat(stop.isHeeded()).isFalse();
        stop.asked();
        assertThat(stop.isHeeded()).isTrue();
    }

    @Test
    void aCommandThatWaitsLooks() {
        stop.await(Duration.ZERO);
        assertThat(stop.isHeeded()).isTrue();
    }

    @Test
    void onlyTheFirstAskingIsHeard() {
        assertThat(stop.ask(Exit.TERMINATED)).isTrue();
        assertThat(stop.ask(Exit.OK)).isFalse();
        assertThat(stop.asked()).isEqualTo(Exit.TERMINATED);
    }

    @Test
    void whatHasAnEndOfItsOwnIsNotDoneWhenItIsStoppedBefore() {
        stop.ask(Exit.OK);
        assertThat(stop.cutShort()).isEqualTo(Exit.INTERRUPTED);
        StopSignal terminated = new StopSignal();
        terminated.ask(Exit.TERMINATED);
        assertThat(terminated.cutShort()).isEqualTo(Exit.TERMINATED);
    }
}
