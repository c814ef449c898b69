package io.leat.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContestantTest {

    @Test
    void aSystemHasPartitionsPropertiesOptionsOfItsJvmAndABrokersBackoff() {
        Contestant contestant = Contestant.parse("product+p4+-XX:+UseParallelGC+xpanel=off@1", 2);
        assertThat(contestant.logPartitions()).isEqualTo(4);
        assertThat(contestant.options()).containsExactly("-XX:+UseParallelGC", "-Dbench.panel=off");
        assertThat(contestant.backoffMillis()).isEqualTo(1);
        assertThat(Contestant.parse("hand", 2).logPartitions()).isEqualTo(2);
    }
}
