package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Two gateways to which requests go in turn, asked by clients with addresses of their own.
 *
 * @param key of a client that may read and send
 */
record BalancedGateways(Balancer balancer, String key) {

    private static final int CLIENT = 2;
    private static final int ANOTHER = 3;
    private static final String WRONG = "leat_00000000_" + "0".repeat(38);
    private static final String FEED = "/v1/feeds/" + HttpRig.NAME;
    private static final Pattern TICKET = Pattern.compile("\"ticket\":\"([^\"]+)\"");

    void answerAsOne() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Stream.of(1, 2)
                .allMatch(each -> status(CLIENT, key, "GET", "/changes") == 200));
        aTicketOfOneIsTakenByEachOnce();
        whatIsSentAgainIsTakenByBoth();
        aBadCallerLocksNobodyElseOut();
    }

    private void aTicketOfOneIsTakenByEachOnce() {
        Matcher ticket = TICKET.matcher(ask(CLIENT, key, "POST", "/tickets", ""));
        assertThat(ticket.find()).isTrue();
        String path = "/changes?ticket=" + ticket.group(1);
        assertThat(Stream.generate(() -> status(ANOTHER, null, "GET", path)).limit(4))
                .containsExactly(200, 200, 401, 401);
    }

    /** The second gateway does not know what the first answered; the job drops what repeats. */
    private void whatIsSentAgainIsTakenByBoth() {
        String scrape = "{\"shop\":\"s0\",\"sku\":\"k0\",\"at\":1700000000000,\"price\":1}";
        for (int i = 0; i < 2; i++) {
            String answer = ask(CLIENT, key, "POST", "/records", scrape, "Idempotency-Key: the-same");
            assertThat(answer).startsWith("HTTP/1.1 202").contains("\"accepted\":1");
        }
    }

    /** It says, too, that it is the other one, which does not make it that one. */
    private void aBadCallerLocksNobodyElseOut() {
        String lie = "X-Forwarded-For: " + Balancer.address(ANOTHER).getHostAddress();
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> Stream.of(1, 2).allMatch(each -> ask(CLIENT, WRONG, "GET", "/changes", "", lie)
                        .startsWith("HTTP/1.1 429")));
        for (int i = 0; i < 2; i++) {
            assertThat(status(ANOTHER, WRONG, "GET", "/changes")).isEqualTo(401);
            assertThat(status(CLIENT, key, "GET", "/changes")).isEqualTo(200);
        }
    }

    private int status(int from, String with, String method, String path) {
        return Integer.parseInt(ask(from, with, method, path, "").substring(9, 12));
    }

    private String ask(int from, String with, String method, String path, String body, String... more) {
        Stream<String> key = with == null ? Stream.of() : Stream.of("Authorization: Bearer " + with);
        Stream<String> first = Stream.of(
                method + " " + FEED + path + " HTTP/1.1", "Host: gateway.example", "Content-Type: application/json");
        return balancer.ask(
                from,
                body,
                Stream.of(first, key, Stream.of(more)).flatMap(lines -> lines).toArray(String[]::new));
    }
}
