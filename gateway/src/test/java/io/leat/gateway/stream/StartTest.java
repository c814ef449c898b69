package io.leat.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;

class StartTest {

    @Test
    void theHeaderOfAReconnectingClientWinsOverItsAddress() {
        MultiMap parameters = parameters("last_event_id", "1,1").add("since", "earliest");
        assertThat(Start.of("2,2", parameters)).isEqualTo(new Start.After("2,2"));
        assertThat(Start.of("", parameters)).isEqualTo(new Start.After("1,1"));
        assertThat(Start.of(null, parameters)).isEqualTo(new Start.After("1,1"));
    }

    @Test
    void sinceIsAWordATimeOrMilliseconds() {
        assertThat(Start.of(null, MultiMap.caseInsensitiveMultiMap())).isEqualTo(new Start.Now());
        assertThat(Start.of(null, parameters("since", "now"))).isEqualTo(new Start.Now());
        assertThat(Start.of(null, parameters("since", "earliest"))).isEqualTo(new Start.Earliest());
        assertThat(Start.of(null, parameters("since", "snapshot"))).isEqualTo(new Start.Snapshot());
        assertThat(Start.of(null, parameters("since", "1000"))).isEqualTo(new Start.Since(1_000));
        assertThat(Start.of(null, parameters("since", "1970-01-01T00:00:02+00:00")))
                .isEqualTo(new Start.Since(2_000));
    }

    @Test
    void whatIsNoMomentIsRefusedWithoutBeingRepeated() {
        for (String since :
                new String[] {"yesterday", "", "\u0661\u0662", "1".repeat(16), "+999999999-01-01T00:00:00Z"}) {
            assertThatThrownBy(() -> Start.of(null, parameters("since", since)))
                    .as(since)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("since is now, earliest, snapshot");
        }
    }

    private static MultiMap parameters(String name, String value) {
        return MultiMap.caseInsensitiveMultiMap().add(name, value);
    }
}
