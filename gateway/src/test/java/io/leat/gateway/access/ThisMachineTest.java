package io.leat.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThisMachineTest {

    private static final List<String> NONE = List.of();

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "LocalHost", "127.0.0.1", "[::1]", "::1"})
    void itGoesByItsNamesHoweverTheyAreWritten(String host) {
        assertThat(ThisMachine.isMeantBy(host, NONE, NONE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.2", "0.0.0.0", "", "lo\u0130calhost"})
    void anotherNameMayBeAWebPagesOwn(String host) {
        assertThat(ThisMachine.isMeantBy(host, NONE, NONE)).isFalse();
    }

    @Test
    void whoDoesNotSayWhomHeWantsDoesNotGetIn() {
        assertThat(ThisMachine.isMeantBy(null, NONE, NONE)).isFalse();
    }

    @Test
    void aPageOfThisMachineMayAsk() {
        for (String origin : List.of("http://localhost", "https://LOCALHOST:3000", "http://[::1]:8080")) {
            assertThat(ThisMachine.isMeantBy("localhost", List.of(origin), NONE))
                    .as(origin)
                    .isTrue();
        }
    }

    @Test
    void everyOriginThatIsNamedCounts() {
        String here = "http://localhost";
        for (String there : List.of("https://evil.example", "null", "http://localhost.evil.example", "")) {
            assertThat(ThisMachine.isMeantBy("localhost", List.of(there), NONE)).isFalse();
            assertThat(ThisMachine.isMeantBy("localhost", List.of(here, there), NONE))
                    .as("second: " + there)
                    .isFalse();
            assertThat(ThisMachine.isMeantBy("localhost", List.of(there, here), NONE))
                    .isFalse();
        }
    }

    @Test
    void aBrowserThatSaysAForeignPageAsksIsBelievedWithoutAnOrigin() {
        assertThat(ThisMachine.isMeantBy("localhost", NONE, List.of("cross-site")))
                .isFalse();
        assertThat(ThisMachine.isMeantBy("localhost", NONE, List.of("none", "cross-site")))
                .isFalse();
        for (String near : List.of("none", "same-origin", "same-site")) {
            assertThat(ThisMachine.isMeantBy("localhost", NONE, List.of(near)))
                    .as(near)
                    .isTrue();
        }
    }
}
