package io.leat.format.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SubscriptionOrderTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";

    @Test
    void nameAndAddressAreEnoughAndASecretIsDrawn() {
        SubscriptionOrder order = read("{\"name\":\"c\",\"url\":\"https://example.com/hook\"}");
        assertThat(Objects.requireNonNull(order.drawn()).text()).startsWith("whsec_");
        assertThat(order.subscription().webhook().limits()).isEqualTo(Webhook.Limits.DEFAULT);
        assertThat(order.subscription().webhook().batch()).isEqualTo(Webhook.Batch.NONE);
    }

    @Test
    void whatIsDescribedCanBeOrdered() {
        SubscriptionOrder order = read("{\"name\":\"c\",\"url\":\"https://example.com/hook\",\"secret\":\"" + SECRET
                + "\",\"where\":\"op == 'new'\",\"fields\":[\"after.price\"],\"catch_up\":\"latest\",\"from\":\"now\","
                + "\"batch\":{\"max_items\":7},\"gzip\":true,\"limits\":{\"timeout_ms\":500,\"rate\":3}}");
        assertThat(order.drawn()).isNull();
        Subscription made = order.subscription();
        assertThat(made.webhook().batch()).isEqualTo(new Webhook.Batch(7, Duration.ofSeconds(1)));
        assertThat(made.webhook().limits().timeout()).isEqualTo(Duration.ofMillis(500));
        var again = SubscriptionJson.describe(made).put("secret", SECRET);
        assertThat(SubscriptionOrder.read(again, new SecureRandom()).subscription())
                .isEqualTo(made);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"name\":\"C!\",\"url\":\"https://secret.example/\"}",
                "{\"name\":\"c\",\"url\":\"http://127.1/secret\"}",
                "{\"name\":\"c\",\"url\":\"https://e.example/\",\"secret\":\"secret\"}",
                "{\"name\":\"c\",\"url\":\"https://e.example/\",\"secret\":5}",
                "{\"name\":\"c\",\"url\":\"https://e.example/\",\"secrets\":1}",
                "{\"name\":\"c\",\"url\":\"https://e.example/\",\"where\":\"secret <\"}",
                "{\"name\":\"c\",\"url\":\"https://e.example/\",\"fields\":[\"\"]}",
                "{\"name\":\"c\",\"url\":\"https://e.example/\",\"fields\":{}}",
                "{\"name\":\"c\",\"url\":\"https://e.example/\",\"catch_up\":\"secret\"}",
                "{\"name\":\"c\",\"url\":\"https://e.example/\",\"gzip\":\"secret\"}",
                "{\"name\":\"c\",\"url\":\"https://e.example/\",\"batch\":{\"max_items\":100000}}",
                "{\"name\":\"c\",\"url\":\"https://e.example/\",\"batch\":{\"max_items\":1e99}}",
                "{\"name\":\"c\",\"url\":\"https://e.example/\",\"batch\":{\"max_wait_ms\":-1}}",
                "{\"name\":\"c\",\"url\":\"https://e.example/\",\"limits\":{\"in_flight\":0}}",
                "{\"name\":\"c\",\"url\":\"https://e.example/\",\"limits\":{\"secret\":0}}",
                "{\"name\":\"c\",\"url\":\"https://e.example/\",\"limits\":[]}"
            })
    void whatIsNoOrderIsRefusedWithASentenceThatQuotesNothing(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotEmpty()
                .doesNotContain("secret.example", "secret <");
    }

    private static SubscriptionOrder read(String json) {
        return SubscriptionOrder.read(new JsonMapper().readTree(json), new SecureRandom());
    }
}
