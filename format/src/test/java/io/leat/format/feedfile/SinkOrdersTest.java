package io.leat.format.feedfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.core.delivery.JsonFiles;
import io.leat.core.delivery.KafkaTopic;
import io.leat.core.delivery.Postgres;
import io.leat.core.delivery.Subscription;
import io.leat.format.webhook.SubscriptionJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SinkOrdersTest {

    private static final String LOGIN = "'access_key':'who','secret_key':'canary-word'";

    @TempDir
    private Path directory;

    private SinkOrders orders;

    @BeforeEach
    void feed() throws IOException {
        Path file = Files.writeString(
                directory.resolve("feed.yaml"), "feed: shop\nkey: sku\ntime: at\nchanges: {compare: [price]}\n");
        orders = new SinkOrders(((FeedFile.Valid) FeedFile.read(file, name -> null)).feed());
    }

    @Test
    void eachKindIsReadInTheWordsOfTheFeedFile() {
        JsonFiles files = (JsonFiles) read("{'name':'f','files':{'path':'s3://lake/p','every':'5s','endpoint':"
                        + "'https://minio.example.com:9000',%s},'where':'after.price < 5','from':'now'}")
                .sink();
        assertThat(files.every()).isEqualTo(Duration.ofSeconds(5));
        Postgres postgres =
                (Postgres) read("{'name':'p','postgres':{'url':'postgresql://db.example.com/shop?sslmode=require',"
                                + "'user':'leat','password':'${file:/etc/passwd}','table':'prices'}}")
                        .sink();
        assertThat(postgres.login().password().text())
                .as("nothing is filled in")
                .isEqualTo("${file:/etc/passwd}");
        assertThat(postgres.columns()).extracting(Postgres.Column::name).containsExactly("sku", "price");
        Subscription topic = read("{'name':'k','kafka':{'bootstrap':'b.example.com:9093','topic':'t','guarantee':"
                + "'exactly_once','properties':{'ssl.key.password':'canary-word'}}}");
        assertThat(((KafkaTopic) topic.sink()).guarantee()).isEqualTo(KafkaTopic.Guarantee.EXACTLY_ONCE);
        assertThat(SubscriptionJson.describe(topic).toString()).doesNotContain("canary-word");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'name':'c','files':{'path':'/var/canary-word'}}",
                "{'name':'c','files':{'path':'canary-word'}}",
                "{'name':'c','files':{'path':'s3://lake/canary-word'}}",
                "{'name':'c','files':{'path':'s3://lake/x','endpoint':'canary-word',%s}}",
                "{'name':'c','files':{'path':'s3://lake/x','canary-word':1,%s}}",
                "{'name':'c','files':{'path':'s3://lake/x','every':'canary-word',%s}}",
                "{'name':'c','files':{'path':'s3://lake/x','compression':'canary-word',%s}}",
                "{'name':'c','files':{'path':'s3://lake/x',%s},'url':'https://canary-word.example/'}",
                "{'name':'c','files':{'path':'s3://lake/x',%s},'where':'canary-word <'}",
                "{'name':'c','files':{'path':'s3://lake/x',%s},'gzip':true}",
                "{'name':'canary word','files':{'path':'s3://lake/x',%s}}",
                "{'files':{'path':'s3://lake/x',%s}}",
                "{'name':'c','files':'canary-word'}",
                "{'name':'c','files':{'path':'s3://lake/\\u0000canary-word',%s}}",
                "{'name':'c','postgres':{'url':'postgresql://db/shop','user':'canary-word','table':'t'}}",
                "{'name':'c','postgres':{'url':'postgresql://u:canary-word@db/shop','user':'u','password':'p','table':'t'}}",
                "{'name':'c','postgres':{'url':'postgresql://db/shop?sslkey=/canary-word','user':'u','password':'p','table':'t'}}",
                "{'name':'c','postgres':{'url':'postgresql://db/shop?socketFactory=canary-word','user':'u','password':'p','table':'t'}}",
                "{'name':'c','postgres':{'url':'postgresql://db/shop','user':'u','password':'p','table':'canary-word'}}",
                "{'name':'c','postgres':{'url':'postgresql://db/shop','user':'u','password':'p','table':'t','columns':{'x':'canary-word'}}}",
                "{'name':'c','kafka':{'bootstrap':'b:1','topic':'t','properties':{'ssl.truststore.location':'/canary-word'}}}",
                "{'name':'c','kafka':{'bootstrap':'b:1','topic':'t','properties':{'sasl.jaas.config':'canary-word;'}}}",
                "{'name':'c','kafka':{'bootstrap':'b:1','topic':'t','key':'canary-word'}}"
            })
    void whatIsNoOrderOrReachesIntoThisMachineIsRefusedWithSentencesThatQuoteNothing(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotEmpty()
                .doesNotContain("canary-word");
    }

    private Subscription read(String json) {
        String login = json.contains("%s") ? json.formatted(LOGIN) : json;
        return orders.read(new JsonMapper().readTree(login.replace('\'', '"')));
    }
}
