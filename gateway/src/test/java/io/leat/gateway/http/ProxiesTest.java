package io.leat.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.delivery.guard.Network;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose a request is that came through proxies: only those that are known are believed, and only as far as they saw. */
class ProxiesTest {

    private static final List<Network> OURS = List.of(Network.parse("10.0.0.0/8"), Network.parse("fd00::/8"));
    private static final Proxies USUAL = new Proxies(OURS, Proxies.Header.X_FORWARDED_FOR);
    private static final Proxies RFC = new Proxies(OURS, Proxies.Header.FORWARDED);

    @Test
    void whoIsNoProxyIsBelievedNothing() {
        assertThat(USUAL.client("203.0.113.9", List.of("198.51.100.1"))).isEqualTo("203.0.113.9");
        assertThat(Proxies.NONE.client("10.0.0.1", List.of("198.51.100.1"))).isEqualTo("10.0.0.1");
    }

    @Test
    void theLastThatIsNoProxyIsTheClient() {
        assertThat(USUAL.client("10.0.0.1", List.of("198.51.100.1"))).isEqualTo("198.51.100.1");
        assertThat(USUAL.client("10.0.0.1", List.of("198.51.100.1, 10.0.0.7"))).isEqualTo("198.51.100.1");
        assertThat(USUAL.client("10.0.0.1", List.of("198.51.100.1", "10.0.0.7")))
                .isEqualTo("198.51.100.1");
        assertThat(USUAL.client("fd00::1", List.of("[2001:db8::5]:4711"))).isEqualTo("2001:db8:0:0:0:0:0:5");
        assertThat(USUAL.client("fd00::1", List.of("2001:db8::5"))).isEqualTo("2001:db8:0:0:0:0:0:5");
        assertThat(USUAL.client("10.0.0.1", List.of("198.51.100.1:51234"))).isEqualTo("198.51.100.1");
    }

    @Test
    void whatAClientPutsInFrontOfItsOwnAddressCountsForNothing() {
        assertThat(USUAL.client("10.0.0.1", List.of("127.0.0.1, 192.0.2.7, 203.0.113.9")))
                .isEqualTo("203.0.113.9");
        assertThat(USUAL.client("10.0.0.1", List.of("10.9.9.9, 203.0.113.9, 10.0.0.2")))
                .isEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "gateway.example",
                "999.1.1.1",
                "1.2.3",
                "_hidden",
                "203.0.113.9 203.0.113.8",
                "::1%eth0",
                "[::1",
                ","
            })
    void whereNobodyCanBeReadTheProxyItselfIsTheClient(String value) {
        assertThat(USUAL.client("10.0.0.1", List.of(value))).isEqualTo("10.0.0.1");
        assertThat(USUAL.client("10.0.0.1", List.of("203.0.113.9, " + value + ", 10.0.0.5")))
                .isEqualTo("10.0.0.5");
    }

    @Test
    void aProxyThatAsksForItselfIsTheClient() {
        assertThat(USUAL.client("10.0.0.1", List.of())).isEqualTo("10.0.0.1");
        assertThat(USUAL.client("10.0.0.1", List.of("10.0.0.8, 10.0.0.7"))).isEqualTo("10.0.0.8");
        assertThat(USUAL.client("10.0.0.1", List.of("10.0.0.7, ".repeat(5_000) + "10.0.0.7")))
                .isEqualTo("10.0.0.7");
    }

    @Test
    void theOtherHeaderIsReadByItsOwnRules() {
        assertThat(RFC.client(
                        "10.0.0.1", List.of("for=192.0.2.43;proto=https, For=\"[2001:db8::17]:4711\"; by=10.0.0.2")))
                .isEqualTo("2001:db8:0:0:0:0:0:17");
        assertThat(RFC.client("10.0.0.1", List.of("proto=https;for=192.0.2.43", "for=10.0.0.9")))
                .isEqualTo("192.0.2.43");
        assertThat(RFC.client("10.0.0.1", List.of("for=192.0.2.43, for=unknown")))
                .isEqualTo("10.0.0.1");
        assertThat(RFC.client("10.0.0.1", List.of("192.0.2.43"))).isEqualTo("10.0.0.1");
    }
}
