package io.leat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.FieldPath;
import io.leat.core.delivery.JsonFiles;
import io.leat.core.delivery.KafkaTopic;
import io.leat.core.delivery.Postgres;
import io.leat.core.delivery.Secret;
import io.leat.core.delivery.SigningKey;
import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import io.leat.format.webhook.SecretBox;
import io.leat.format.webhook.SubscriptionJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StandingJsonTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final SecretBox BOX = new SecretBox(new byte[32], new Random(1));
    private static final Subscription SUBSCRIPTION = new Subscription(
            "client",
            new Webhook(
                    "https://example.com/hook",
                    List.of(SigningKey.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=")),
                    Webhook.Batch.NONE,
                    false,
                    Webhook.Limits.DEFAULT),
            "after.price < 50",
            List.of(),
            Subscription.CatchUp.ALL,
            Subscription.From.NOW);

    @Test
    void whatIsWrittenIsRead() {
        Standing standing = Standing.made(SUBSCRIPTION, "g1", new Start(2, List.of(7L, 0L)))
                .in(Standing.State.PAUSED, "by a person")
                .heldUntil(9);
        assertThat(StandingJson.read(parse(standing), null, BOX)).isEqualTo(standing);
    }

    @Test
    void oneThatGoesToFilesIsReadAndItsSecretIsSealed() {
        JsonFiles files = new JsonFiles(
                "s3://bucket/prices",
                Duration.ofMinutes(5),
                JsonFiles.USUAL_SIZE,
                JsonFiles.Compression.ZSTD,
                JsonFiles.By.EVENT_DATE,
                new JsonFiles.Store(
                        "http://127.0.0.1:9000", "eu", true, new JsonFiles.Login("who", new Secret("proof"))));
        Standing standing = Standing.made(SUBSCRIPTION.to(files), "g1", Start.EARLIEST);
        assertThat(parse(standing).toString()).doesNotContain("proof");
        assertThat(StandingJson.read(parse(standing), null, BOX)).isEqualTo(standing);
    }

    @Test
    void oneThatGoesToTablesIsReadAndItsPasswordIsSealed() {
        Postgres postgres = new Postgres(
                "postgresql://db/shop",
                new Postgres.Login("leat", new Secret("proof")),
                Postgres.Table.parse("shop.prices"),
                Postgres.Table.parse("history"),
                List.of(new Postgres.Column("price", FieldPath.parse("after.price"), Postgres.Type.NUMERIC)),
                Postgres.Gone.DELETE,
                true);
        Standing standing = Standing.made(SUBSCRIPTION.to(postgres), "g1", Start.EARLIEST);
        assertThat(parse(standing).toString()).doesNotContain("proof");
        assertThat(StandingJson.read(parse(standing), null, BOX)).isEqualTo(standing);
    }

    @Test
    void oneThatGoesToATopicIsReadAndItsSecretsAreSealed() {
        KafkaTopic.KeyField sku = new KafkaTopic.KeyField(1, FieldPath.parse("offer.sku"));
        KafkaTopic topic = new KafkaTopic(
                "a:9092,b:9092",
                "prices",
                Map.of("security.protocol", "SASL_SSL"),
                Map.of("sasl.jaas.config", new Secret("proof")),
                KafkaTopic.Guarantee.EXACTLY_ONCE,
                sku,
                List.of(new KafkaTopic.KeyField(0, FieldPath.parse("shop")), sku),
                KafkaTopic.Format.DEBEZIUM);
        Standing standing = Standing.made(SUBSCRIPTION.to(topic), "g1", Start.EARLIEST);
        assertThat(parse(standing).toString()).doesNotContain("proof");
        assertThat(StandingJson.read(parse(standing), null, BOX)).isEqualTo(standing);
    }

    @Test
    void oneThatWasStoredWithoutGenerationAndStartIsReadAndKeepsItsGroup() {
        JsonNode entry = JSON.createObjectNode()
                .put("state", "disabled")
                .put("reason", "410")
                .put("epoch", 3)
                .put("replay_from", 1_700_000_000_000L)
                .set("subscription", SubscriptionJson.write(SUBSCRIPTION, BOX));
        Standing standing = StandingJson.read(entry, null, BOX);
        assertThat(standing.id()).isEqualTo("client");
        assertThat(standing.state()).isEqualTo(Standing.State.DISABLED);
        assertThat(standing.start()).isEqualTo(new Start(3, null));
    }

    @Test
    void aTimeoutThatIsTooShortByTodaysRulesIsReadAsTheShortest() {
        var stored = SubscriptionJson.write(SUBSCRIPTION, BOX);
        stored.withObject("/limits").put("timeout_ms", 1);
        assertThat(SubscriptionJson.read(stored, BOX).webhook().limits().timeout())
                .isEqualTo(Webhook.Limits.SHORTEST_TIMEOUT);
    }

    @Test
    void whatWasMadeAtRunTimeHasNothingToDoWithWhatTheFeedFileDeclaresUnderItsName() {
        Standing made = Standing.made(SUBSCRIPTION, "g1", Start.EARLIEST).in(Standing.State.PAUSED, "by a person");
        assertThat(StandingJson.read(parse(made), SUBSCRIPTION, BOX)).isEqualTo(Standing.declared(SUBSCRIPTION));
    }

    @Test
    void aDisablingHoldsOnlyForTheRevisionItWasFoundWith() {
        Standing standing = Standing.made(SUBSCRIPTION, "g1", Start.EARLIEST).at(5);
        Disabling disabling =
                Disabling.read(JSON.readTree(Disabling.of(standing, "gone").write()));
        assertThat(disabling.on(standing, 6))
                .isEqualTo(standing.in(Standing.State.DISABLED, "gone").at(6));
        assertThat(disabling.on(standing.at(7), 6)).isEqualTo(standing.at(7));
        Standing next = Standing.made(SUBSCRIPTION, "g2", Start.EARLIEST).at(5);
        assertThat(disabling.on(next, 6)).isEqualTo(next);
    }

    private static JsonNode parse(Standing standing) {
        return JSON.readTree(StandingJson.write(standing, BOX));
    }
}
