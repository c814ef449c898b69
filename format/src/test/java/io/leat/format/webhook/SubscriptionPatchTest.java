package io.leat.format.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.core.delivery.Secret;
import io.leat.core.delivery.SigningKey;
import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SubscriptionPatchTest {

    private static final JsonMapper JSON = new JsonMapper();
    private final Subscription before = SubscriptionOrder.read(
                    JSON.readTree("{\"name\":\"client\",\"url\":\"https://example.com/hook\",\"where\":\"seq > 1\","
                            + "\"fields\":[\"after.price\"],\"batch\":{\"max_items\":7,\"max_wait_ms\":5},"
                            + "\"limits\":{\"rate\":3,\"timeout_ms\":500}}"),
                    new SplittableRandom(1))
            .subscription();

    @Test
    void whatIsLeftOutStays() {
        assertThat(patched("{}")).isEqualTo(before);
        Subscription after = patched("{\"batch\":{\"max_items\":9},\"limits\":{\"rate\":4}}");
        assertThat(after.webhook().batch()).isEqualTo(new Webhook.Batch(9, Duration.ofMillis(5)));
        assertThat(after.webhook().limits().ratePerSecond()).isEqualTo(4);
        assertThat(after.webhook().limits().timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(after.where()).isEqualTo("seq > 1");
    }

    @Test
    void nullTakesAway() {
        Subscription after = patched("{\"where\":null,\"fields\":null,\"batch\":null}");
        assertThat(after.where()).isNull();
        assertThat(after.fields()).isEmpty();
        assertThat(after.webhook().batch()).isEqualTo(Webhook.Batch.NONE);
    }

    @Test
    void aNameABeginAndNonsenseCannotBeGiven() {
        for (String patch : new String[] {
            "{\"name\":\"x\"}",
            "{\"secret\":\"x\"}",
            "{\"from\":\"now\"}",
            "{\"where\":\"nonsense <\"}",
            "{\"url\":\"http://127.1/\"}",
            "{\"limits\":{\"timeout_ms\":1}}",
            "[]"
        }) {
            assertThatThrownBy(() -> patched(patch)).as(patch).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aSecretThatIsGivenTakesThePlaceOfAllThereWere() {
        String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        assertThat(patched("{\"secret\":\"" + secret + "\"}").webhook().keys())
                .containsExactly(new SigningKey(new Secret(secret), SigningKey.FOR_GOOD));
        assertThat(patched("{\"gzip\":true}").webhook().keys())
                .isEqualTo(before.webhook().keys());
    }

    private Subscription patched(String patch) {
        return SubscriptionPatch.apply(JSON.readTree(patch), before, (login, sink) -> {
            throw new AssertionError("a webhook has no login");
        });
    }
}
