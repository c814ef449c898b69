package io.leat.app.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.app.guarantee.ExternalBroker;
import io.leat.testkit.ChangeLine;
import io.leat.testkit.OsProcess;
import io.leat.testkit.RandomSeed;
import io.leat.testkit.SharedData;
import io.leat.testkit.TopicReader;
import io.leat.testkit.TruthCheck;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real scraped stream through {@code leat run} into a topic of another cluster, both killed again and again; the judge reads that
 * topic alone. Kills: {@code -Dleat.kills}.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class KafkaSinkIT {

    private static final String TOPIC = "rifles";

    @TempDir
    private Path dir;

    @Test
    void killedAtAnyMomentTheTopicHoldsTheTruthOfARealStreamOnce() throws Exception {
        assumeTrue(SharedData.isPresent(KafkaSinkIT.class.getSimpleName()));
        RandomSeed seed = RandomSeed.of("kafka-sink");
        try (ExternalBroker peer = new ExternalBroker(dir.resolve("peer"))) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", peer.bootstrap()))) {
                admin.createTopics(List.of(new NewTopic(TOPIC, 3, (short) 1)))
                        .all()
                        .get();
            }
            KilledStream stream = new KilledStream(
                    dir,
                    "{name: peer, kafka: {bootstrap: '%s', topic: %s, guarantee: exactly_once, properties: {ssl.key.password: canary-word}}}"
                            .formatted(peer.bootstrap(), TOPIC));
            int kills = stream.killAgainAndAgain(1, seed.random(), kill -> peer.killAndRestart());
            long expected = KilledStream.expected();
            List<String> lines;
            try (OsProcess run = stream.run()) {
                lines = Awaitility.await()
                        .atMost(KilledStream.PATIENCE)
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> read(peer.bootstrap()), all -> all.size() >= expected);
                run.terminate();
                run.awaitExit(KilledStream.PATIENCE);
                assertThat(run.said()).doesNotContain("canary-word");
            }
            lines = read(peer.bootstrap());
            TruthCheck check = KilledStream.check();
            lines.forEach(line -> check.add(ChangeLine.parse(line)));
            TruthCheck.Outcome outcome = check.finish();
            assertThat(outcome.isExact()).as(outcome + " " + seed).isTrue();
            System.out.printf("kafka-sink kills=%s changes=%s exact %s%n", kills, lines.size(), seed);
        }
    }

    private static List<String> read(String bootstrap) {
        List<String> lines = new ArrayList<>();
        TopicReader.committed(bootstrap).read(TOPIC, rec -> lines.add(new String(rec.value(), StandardCharsets.UTF_8)));
        return lines;
    }
}
