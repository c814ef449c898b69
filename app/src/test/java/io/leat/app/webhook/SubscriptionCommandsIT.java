package io.leat.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.process.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

            assertThat(leat("test", "client-1").out()).contains("address_refused");
            assertThat(leat("test", "client-1", "--allow-private-webhooks=127.0.0.0/8")
                            .out())
                    .contains("status 500");
            assertThat(leat("test", "client-1", "--allow-private-webhooks").exit())
                    .isZero();
            assertThat(leat("remove", "client-1").exit()).isZero();
            assertThat(leat("list").out()).isEmpty();
            assertThat(Cli.run(
                                    "deliveries",
                                    "--kafka",
                                    kafka.bootstrap(),
                                    "--data",
                                    dir.toString(),
                                    "redrive",
                                    feed(),
                                    "nobody")
                            .exit())
                    .isEqualTo(2);
        }
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
