package io.leat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.delivery.lane.Outcome;
import io.leat.delivery.webhook.SeenAnswer;
import io.leat.format.webhook.WebhookBody;
import io.leat.format.webhook.WebhookUrl;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ExchangesTest {

    private static final String SECRET_PATH = "/hooks/T0K3N-of-the-client?auth=s3cr3t-query";
    private static final String SIGNATURE = "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=";

    private final Exchanges exchanges = new Exchanges();

    private static Exchange exchange(long at, int status, byte[] body, Map<String, String> headers, String answer) {
        return new Exchange(
                at,
                "id-" + at,
                1,
                WebhookUrl.parse("https://shop.example" + SECRET_PATH),
                headers,
                body,
                body.length,
                new Outcome.Answered(status, 0),
                SeenAnswer.of("text/plain", answer),
                7);
    }

    private void take(String feed, String id, long at, int status) {
        Outcome outcome = new Outcome.Answered(status, 0);
        exchanges.take(feed, id, outcome, at, () -> exchange(at, status, new byte[] {'{', '}'}, Map.of(), ""));
    }

    @Test
    void theLastThatFailedAreKeptBesideFewThatDelivered() {
        for (int i = 0; i < 20; i++) {
            take("prices", "g1", i * 100L, 500);
            take("prices", "g1", i * 100L + 1, 200);
        }
        List<ObjectNode> kept = exchanges.of("prices", "g1");
        assertThat(kept.stream()
                        .map(each -> each.get("answer").get("status").intValue() + " "
                                + each.get("webhook_id").stringValue()))
                .containsExactly(
                        "500 id-1900",
                        "500 id-1800",
                        "500 id-1700",
                        "500 id-1600",
                        "500 id-1500",
                        "200 id-1001",
                        "200 id-1");
        assertThat(exchanges.of("prices", "g2"))
                .as("another that has the same name")
                .isEmpty();
        assertThat(exchanges.of("others", "g1")).isEmpty();
    }

    @Test
    void ofTooManyWebhooksThoseWithTheNewestAreKept() {
        for (int i = 0; i <= Exchanges.WEBHOOKS; i++) {
            take("prices", "g" + i, i, 500);
        }
        assertThat(exchanges.of("prices", "g0")).isEmpty();
        assertThat(exchanges.of("prices", "g1")).hasSize(1);
    }

    @Test
    void nothingSecretIsShownEvenIfTheReceiverRepeatsIt() {
        String page = "not found: " + SECRET_PATH + " T0K3N-of-the-client / s3cr3t-query signed " + SIGNATURE;
        String shown = exchange(
                        1,
                        404,
                        "{\"a\":1}".getBytes(StandardCharsets.UTF_8),
                        Map.of("webhook-signature", SIGNATURE, "webhook-id", "id-1"),
                        page)
                .json()
                .toString();
        assertThat(shown)
                .contains("not found", "https://shop.example", "\"webhook-id\":\"id-1\"", "{\\\"a\\\":1}")
                .doesNotContain("T0K3N", "s3cr3t", "K5oZfzN95");
    }

    @Test
    void whatIsLongIsCutAndWhatIsPackedIsUnpacked() {
        byte[] large = ("{\"title\":\"" + "kettle ".repeat(2_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        ObjectNode plain = exchange(1, 500, large, Map.of(), "x".repeat(9_000)).json();
        assertThat(plain.get("request").get("body").stringValue())
                .hasSize(Exchange.MOST_BYTES)
                .startsWith("{\"title\":\"kettle");
        assertThat(plain.get("request").get("bytes").intValue()).isEqualTo(large.length);
        assertThat(plain.get("request").get("is_whole").booleanValue()).isFalse();
        assertThat(plain.get("answer").get("body").stringValue()).hasSize(2_048);
        assertThat(plain.get("answer").get("bytes").intValue()).isEqualTo(9_000);
        ObjectNode packed = exchange(1, 500, WebhookBody.gzip(large), Map.of("content-encoding", "gzip"), "")
                .json();
        assertThat(packed.get("request").get("body").stringValue())
                .hasSize(Exchange.MOST_BYTES)
                .startsWith("{\"title\":\"kettle");
    }
}
