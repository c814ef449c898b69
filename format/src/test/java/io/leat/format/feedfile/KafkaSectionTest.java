package io.leat.format.feedfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.FieldPath;
import io.leat.core.delivery.KafkaTopic;
import io.leat.core.delivery.Subscription;
import io.leat.format.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSectionTest {

    private static final String PASSWORD = "canary-word";
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required;";
    private static final Map<String, String> ENVIRONMENT =
            Map.of("LOGIN", PLAIN, "PW", PASSWORD, "URL", "leat:" + PASSWORD + "@kafka:9092");

    @TempDir
    private Path directory;

    @Test
    void aTopicIsReadWithItsTerms() throws IOException {
        Subscription sink = valid(
                        "fields: [op], kafka: {bootstrap: 'a.example.com:9093,b.example.com:9093', topic: prices,"
                                + " guarantee: exactly_once, key: sku, format: cloudevents, properties: {security.protocol:"
                                + " SASL_SSL, sasl.jaas.config: \"${LOGIN}\", ssl.key.password: \"${PW}\", compression.type: lz4}}")
                .sinks()
                .get(0);
        KafkaTopic topic = (KafkaTopic) sink.sink();
        assertThat(topic.bootstrap()).isEqualTo("a.example.com:9093,b.example.com:9093");
        assertThat(topic.topic()).isEqualTo("prices");
        assertThat(topic.guarantee()).isEqualTo(KafkaTopic.Guarantee.EXACTLY_ONCE);
        assertThat(topic.format()).isEqualTo(KafkaTopic.Format.CLOUDEVENTS);
        assertThat(topic.key()).isEqualTo(new KafkaTopic.KeyField(1, FieldPath.parse("sku")));
        assertThat(topic.itemKey()).hasSize(2);
        assertThat(topic.properties()).isEqualTo(Map.of("security.protocol", "SASL_SSL", "compression.type", "lz4"));
        assertThat(topic.secrets()).containsOnlyKeys("sasl.jaas.config", "ssl.key.password");
        assertThat(sink.toString()).doesNotContain(PASSWORD);
    }

    @Test
    void whatIsNotSaidIsAtLeastOnceByTheWholeKey() throws IOException {
        KafkaTopic topic = (KafkaTopic) valid("kafka: {bootstrap: 'kafka:9092', topic: prices}")
                .sinks()
                .get(0)
                .sink();
        assertThat(topic.guarantee()).isEqualTo(KafkaTopic.Guarantee.AT_LEAST_ONCE);
        assertThat(topic.format()).isEqualTo(KafkaTopic.Format.CHANGE);
        assertThat(topic.key()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sasl.jaas.config: 'com.sun.security.auth.module.JndiLoginModule required user.provider.url=\"ldap://x\";'",
                "sasl.jaas.config: 'com.sun.security.auth.module.LdapLoginModule required userProvider=\"ldap://x\";'",
                "sasl.jaas.config: 'com.sun.security.auth.module.Krb5LoginModule required;'",
                "sasl.jaas.config: 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;'",
                "sasl.oauthbearer.token.endpoint.url: 'http://169.254.169.254/'",
                "sasl.oauthbearer.jwks.endpoint.url: 'file:///etc/passwd'",
                "sasl.login.callback.handler.class: 'com.example.Handler'",
                "sasl.kerberos.service.name: kafka",
                "config.providers: file",
                "interceptor.classes: com.example.Tap",
                "transactional.id: other",
                "bootstrap.servers: '10.0.0.1:9092'",
                "enable.idempotence: false",
            })
    void trap19aClientSettingThatReachesFurtherIsRefusedAndNotQuoted(String property) throws IOException {
        List<Problem> problems = problems("kafka: {bootstrap: 'kafka:9092', topic: t, properties: {" + property + "}}");
        assertThat(codes(problems)).containsExactly(ProblemCode.PROPERTY_REFUSED.code());
        assertThat(problems.toString())
                .doesNotContain("ldap")
                .doesNotContain("169.254")
                .doesNotContain("passwd");
    }

    @Test
    void everythingWrongIsToldAtOnceAndNoPasswordIs() throws IOException {
        List<Problem> problems =
                problems("fields: [op], gzip: true, kafka: {bootstrap: \"${URL}\", topic: 'a b', key: price}");
        assertThat(codes(problems))
                .containsExactlyInAnyOrder(
                        ProblemCode.NOT_FOR_THIS_SINK.code(),
                        ProblemCode.BAD_BOOTSTRAP.code(),
                        ProblemCode.BAD_TOPIC.code(),
                        ProblemCode.BAD_RECORD_KEY.code());
        assertThat(problems.toString()).doesNotContain(PASSWORD);
    }

    @Test
    void theEnvelopeHasTheWholeItem() throws IOException {
        assertThat(codes(problems("fields: [op], kafka: {bootstrap: 'kafka:9092', topic: t, format: debezium}")))
                .containsExactly(ProblemCode.NOT_FOR_THIS_SINK.code());
    }

    private static List<String> codes(List<Problem> problems) {
        return problems.stream().map(Problem::code).toList();
    }

    private FeedFile.Valid valid(String sink) throws IOException {
        FeedFile.Outcome outcome = read(sink);
        assertThat(outcome).as(outcome.toString()).isInstanceOf(FeedFile.Valid.class);
        return (FeedFile.Valid) outcome;
    }

    private List<Problem> problems(String sink) throws IOException {
        return ((FeedFile.Invalid) read(sink)).problems();
    }

    private FeedFile.Outcome read(String sink) throws IOException {
        Path file = directory.resolve("feed.yaml");
        Files.writeString(file, "feed: f\nkey: [shop, sku]\ntime: at\nsinks: [{name: w, " + sink + "}]\n");
        return FeedFile.read(file, ENVIRONMENT::get);
    }
}
