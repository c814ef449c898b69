package io.leat.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.process.Cli;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** {@code leat subscriptions} and {@code leat deliveries} against a broker nobody else uses. */
class SubscriptionCommandsIT {

    @TempDir
    private Path dir;

    private EmbeddedKafka kafka;

    @Test
    void subscriptionsAreMadeChangedTriedAndForgottenAndSecretsAreShownOnce() throws Exception {
        Files.writeString(dir.resolve("feed.yaml"), "feed: f\nkey: k\ntime: at\n");
        try (DataDirectory data = DataDirectory.take(dir.resolve("data"));
                EmbeddedKafka started = EmbeddedKafka.start(data, 0);
                Receiver receiver = new Receiver((exchange, attempt) -> attempt == 1 ? 500 : 204)) {
            kafka = started;
            Cli.Said created = leat("create", "client-1", receiver.url(), "--where", "after.price < 5");
            assertThat(created.exit()).as(created.err()).isZero();
            String secret = created.out().trim();
            assertThat(secret).startsWith("whsec_");

            assertThat(leat("create", "client-1", receiver.url()).exit()).isEqualTo(2);
            assertThat(leat("create", "client-2", "http://127.1/").exit()).isEqualTo(2);
            assertThat(leat("create", "client-2", receiver.url(), "--where", "nonsense <")
                            .exit())
                    .isEqualTo(2);
            assertThat(leat("pause", "nobody").exit()).isEqualTo(2);

            assertThat(leat("pause", "client-1").exit()).isZero();
            assertThat(leat("list").out())
                    .contains("client-1")
                    .contains("paused")
                    .doesNotContain(secret);
            assertThat(leat("resume", "client-1").exit()).isZero();
            assertThat(leat("replay", "client-1", "2026-02-07T17:22:01Z").exit())
                    .isZero();
            String rotated = leat("rotate", "client-1").out().trim();
            assertThat(rotated).startsWith("whsec_").isNotEqualTo(secret);
            assertThat(leat("list", "--json").out())
                    .contains("\"state\":\"active\"")
                    .contains("after.price < 5")
                    .doesNotContain(secret, rotated);

            assertThat(leat("update", "client-1", "--where", "after.price < 7", "--catch-up", "latest")
                            .exit())
                    .isZero();
            assertThat(leat("list", "--json").out()).contains("after.price < 7", "\"catch_up\":\"latest\"");
            assertThat(leat("update", "client-1", "--timeout-ms", "1").exit()).isEqualTo(2);
            assertThat(leat("create", "words", receiver.url(), "--from", "now", "--catch-up", "latest")
                            .exit())
                    .isZero();
            assertThat(leat("remove", "words").exit()).isZero();

            assertThat(leat("test", "client-1").out()).contains("address_refused");
            assertThat(leat("test", "client-1", "--allow-private-webhooks=127.0.0.0/8")
                            .out())
                    .contains("status 500");
            assertThat(leat("test", "client-1", "--allow-private-webhooks").exit())
                    .isZero();
            assertThat(leat("remove", "client-1").exit()).isZero();
            assertThat(leat("list").out()).isEmpty();
            assertThat(redrive("nobody").exit()).isEqualTo(2);
        }
    }

    @Test
    void whatLiesBehindTenThousandThatWereSentAgainIsSentToo() throws Exception {
        Files.writeString(dir.resolve("feed.yaml"), "feed: f\nkey: k\ntime: at\n");
        try (DataDirectory data = DataDirectory.take(dir.resolve("data"));
                EmbeddedKafka started = EmbeddedKafka.start(data, 0);
                Receiver receiver = new Receiver((exchange, attempt) -> attempt == 3 ? 500 : 204)) {
            kafka = started;
            assertThat(leat("create", "client-1", receiver.url()).exit()).isZero();
            String group = new JsonMapper()
                    .readTree(leat("show", "client-1", "--json").out())
                    .required("group")
                    .stringValue();
            giveUpAndSendAgain(group.substring("f.webhooks.".length()), 10_000, 5);
            Cli.Said stopped = redrive("client-1");
            assertThat(stopped.out()).isEqualTo("sent again: 2; then status 500%n".formatted());
            assertThat(stopped.exit()).as("some are left").isEqualTo(1);
            Cli.Said done = redrive("client-1");
            assertThat(done.out()).isEqualTo("sent again: 3%n".formatted());
            assertThat(done.exit()).isZero();
            assertThat(redrive("client-1").out()).startsWith("sent again: 0");
        }
    }

    /** Gives up so many changes and, behind them, some more; then marks the former as sent again. */
    private void giveUpAndSendAgain(String client, int sent, int more) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < 2 * sent + more; i++) {
                boolean lies = i < sent + more;
                int change = lies ? i : i - sent - more;
                var unused = producer.send(new ProducerRecord<>(
                        "f.undelivered",
                        "%s/id%d".formatted(client, change).getBytes(StandardCharsets.UTF_8),
                        lies
                                ? "{\"id\":\"id%d\",\"op\":\"new\"}"
                                        .formatted(change)
                                        .getBytes(StandardCharsets.UTF_8)
                                : null));
            }
        }
    }

    private Cli.Said redrive(String name) {
        return Cli.run(
                "deliveries",
                "--kafka",
                kafka.bootstrap(),
                "--data",
                dir.toString(),
                "--allow-private-webhooks",
                "redrive",
                feed(),
                name);
    }

    private String feed() {
        return dir.resolve("feed.yaml").toString();
    }

    private Cli.Said leat(String verb, String... args) {
        List<String> line =
                new ArrayList<>(List.of("subscriptions", "--kafka", kafka.bootstrap(), "--data", dir.toString()));
        List<String> rest = new ArrayList<>(List.of(verb, feed()));
        for (String arg : args) {
            boolean ofAll = arg.equals("--json") || arg.startsWith("--allow-private-webhooks");
            (ofAll ? line : rest).add(arg);
        }
        line.addAll(rest);
        return Cli.run(line.toArray(String[]::new));
    }
}
