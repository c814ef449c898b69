package io.leat.format.feedfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.core.delivery.JsonFiles;
import io.leat.core.delivery.KafkaTopic;
import io.leat.core.delivery.Postgres;
import io.leat.core.delivery.Secret;
import io.leat.core.delivery.Subscription;
import io.leat.format.webhook.SubscriptionPatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SinkLoginTest {

    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required;";

    @TempDir
    private Path directory;

    private Subscription files;
    private Subscription postgres;
    private Subscription topic;

    @BeforeEach
    void sinks() throws IOException {
        Path file = Files.writeString(
                directory.resolve("feed.yaml"), "feed: shop\nkey: sku\ntime: at\nchanges: {compare: [price]}\n");
        SinkOrders orders = new SinkOrders(((FeedFile.Valid) FeedFile.read(file, name -> null)).feed());
        files = orders.read(
                json("{'name':'files','files':{'path':'s3://lake/p','access_key':'who','secret_key':'proof'}}"));
        postgres = orders.read(json(
                "{'name':'postgres','postgres':{'url':'postgresql://db/shop','user':'u','password':'p','table':'t'}}"));
        topic = orders.read(json("{'name':'kafka','kafka':{'bootstrap':'b:1','topic':'t','properties':"
                + "{'security.protocol':'SSL','ssl.key.password':'p'}}}"));
    }

    @Test
    void newCredentialsTakeThePlaceOfTheOldOnesAndNothingElseChanges() {
        assertThat(patched("{'files':{'secret_key':'new'}}", files))
                .isEqualTo(files.to(((JsonFiles) files.sink()).with(new JsonFiles.Login("who", new Secret("new")))));
        assertThat(patched("{'files':{'access_key':'she','secret_key':'new'}}", files))
                .isEqualTo(files.to(((JsonFiles) files.sink()).with(new JsonFiles.Login("she", new Secret("new")))));
        assertThat(patched("{'postgres':{'password':'new'}}", postgres))
                .isEqualTo(postgres.to(((Postgres) postgres.sink()).with(new Postgres.Login("u", new Secret("new")))));
        KafkaTopic renewed =
                (KafkaTopic) patched("{'kafka':{'properties':{'sasl.jaas.config':'" + PLAIN + "'}}}", topic)
                        .sink();
        assertThat(renewed.secrets())
                .isEqualTo(Map.of("sasl.jaas.config", new Secret(PLAIN), "ssl.key.password", new Secret("p")));
        assertThat(renewed.properties()).isEqualTo(Map.of("security.protocol", "SSL"));
        assertThat(patched("{'postgres':{'password':'new'},'where':'after.price < 5'}", postgres)
                        .where())
                .isEqualTo("after.price < 5");
    }

    @Test
    void aKeyIsRenewedWithItsCertificates() {
        KafkaTopic renewed = (KafkaTopic)
                patched("{'kafka':{'properties':{'ssl.keystore.key':'k','ssl.keystore.certificate.chain':'c'}}}", topic)
                        .sink();
        assertThat(renewed.properties()).containsEntry("ssl.keystore.certificate.chain", "c");
        assertThat(renewed.secrets()).containsEntry("ssl.keystore.key", new Secret("k"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "files;{'files':{'access_key':'canary'}}",
                "files;{'files':{'secret_key':' '}}",
                "files;{'files':{'path':'s3://canary/p','secret_key':'new'}}",
                "files;{'postgres':{'password':'canary'}}",
                "files;{'secret':'canary'}",
                "postgres;{'postgres':{'user':'canary'}}",
                "postgres;{'postgres':{'url':'postgresql://canary/x','password':'p'}}",
                "postgres;{'postgres':'canary'}",
                "kafka;{'kafka':{'bootstrap':'canary:1'}}",
                "kafka;{'kafka':{'properties':{'ssl.truststore.location':'/canary'}}}",
                "kafka;{'kafka':{'properties':{'ssl.key.password':7}}}",
                "kafka;{'kafka':{'properties':{'sasl.jaas.config':'com.sun.security.auth.module.JndiLoginModule canary'}}}"
            })
    void whatIsNoCredentialOrReachesIntoThisMachineIsRefused(String kind, String patch) {
        Subscription to =
                Map.of("files", files, "postgres", postgres, "kafka", topic).get(kind);
        assertThatThrownBy(() -> patched(patch, to))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotEmpty()
                .doesNotContain("canary");
    }

    private static Subscription patched(String patch, Subscription to) {
        return SubscriptionPatch.apply(json(patch), to, SinkLogin::renew);
    }

    private static JsonNode json(String text) {
        return new JsonMapper().readTree(text.replace('\'', '"'));
    }
}
