package io.leat.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.process.QuickStart;
import io.leat.testkit.OsProcess;
import io.leat.testkit.RandomSeed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of gateways at random moments under load, while the receiver fails by chance. Size: {@code -Dleat.webhook.kills},
 * 3 by default, 50 in full; {@code -Dleat.webhook.killed=FILE} names a page for the result.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class KilledGatewayIT {

    private static final int KILLS = Integer.getInteger("leat.webhook.kills", 2);
    private static final int IN_FLIGHT = 16;
    private static final int PARTITIONS = 2;
    private static final int KEYS = 400;
    private static final int PER_SECOND = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Path PAGE = Path.of(System.getProperty("leat.webhook.killed", ""));
    private static final Pattern DELIVERS = Pattern.compile("DELIVERS");

    @TempDir
    private Path dir;

    private int started;

    @Test
    void killedAtAnyMomentItLosesNothingAndRepeatsNoMoreThanWasUnderWay() throws Exception {
        RandomSeed seed = RandomSeed.of("killed-gateway");
        RandomGenerator random = seed.random();
        List<Integer> rounds = new ArrayList<>();
        long begun = System.nanoTime();
        try (DataDirectory data = DataDirectory.take(dir.resolve("data"));
                EmbeddedKafka kafka = EmbeddedKafka.start(data, 0);
                ChangeTopic log = new ChangeTopic(kafka.bootstrap(), "killed", PARTITIONS, KEYS);
                Witnessed receiver = new Witnessed(seed)) {
            try (Teller teller = new Teller(log, PER_SECOND)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    rounds.add(receiver.get().taken().size());
                    int before = receiver.get().attempts();
                    try (OsProcess gateway = gateway(kafka, "killed", receiver.get())) {
                        Awaitility.await()
                                .atMost(PATIENCE)
                                .until(() -> receiver.get().attempts() > before);
                        LockSupport.parkNanos(random.nextLong(2_000_000_000L));
                        gateway.kill9();
                        gateway.awaitExit(PATIENCE);
                    }
                    receiver.get().awaitQuiet();
                }
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            rounds.add(receiver.get().taken().size());
            try (OsProcess gateway = gateway(kafka, "killed", receiver.get())) {
                awaitAll(receiver.get(), log, gateway);
            }
            Result result = receiver.judge("killed-gateway", log, rounds, seed);
            if (!PAGE.toString().isEmpty()) {
                Files.writeString(PAGE, result.page(KILLS, log.told() / seconds));
            }
        }
    }

    private static void awaitAll(Receiver receiver, ChangeTopic log, OsProcess... gateways) {
        Awaitility.await()
                .atMost(PATIENCE.multipliedBy(4))
                .until(() -> receiver.distinct() == log.told()
                        || Arrays.stream(gateways).noneMatch(OsProcess::isAlive));
    }

    @Test
    void twoGatewaysShareTheLogAndOneMayDieAndAnotherCome() throws Exception {
        RandomSeed seed = RandomSeed.of("two-gateways");
        List<Integer> rounds = new ArrayList<>(List.of(0));
        try (DataDirectory data = DataDirectory.take(dir.resolve("data"));
                EmbeddedKafka kafka = EmbeddedKafka.start(data, 0);
                ChangeTopic log = new ChangeTopic(kafka.bootstrap(), "shared", PARTITIONS, KEYS);
                Witnessed receiver = new Witnessed(seed);
                OsProcess first = gateway(kafka, "shared", receiver.get())) {
            try (Teller teller = new Teller(log, PER_SECOND);
                    OsProcess second = gateway(kafka, "shared", receiver.get())) {
                more(log, 1_500);
                first.kill9();
                first.awaitExit(PATIENCE);
                rounds.add(receiver.get().taken().size());
                more(log, 500);
                try (OsProcess third = gateway(kafka, "shared", receiver.get())) {
                    more(log, 1_500);
                    teller.close();
                    awaitAll(receiver.get(), log, second, third);
                }
            }
            receiver.judge("two-gateways", log, rounds, seed);
        }
    }

    private static void more(ChangeTopic log, int changes) {
        int until = log.told() + changes;
        Awaitility.await().atMost(PATIENCE).until(() -> log.told() >= until);
    }

    /** A receiver that fails by chance, each attempt of which is verified by two libraries that are not ours. */
    private final class Witnessed implements AutoCloseable {
        private final JavaScriptVerifier javaScript = JavaScriptVerifier.isInstalled()
                ? new JavaScriptVerifier(Receiver.SECRET, dir.resolve("verified.txt"))
                : null;
        private final Receiver receiver;

        Witnessed(RandomSeed seed) {
            receiver = new Receiver(flaky(seed), (headers, body) -> {
                if (javaScript != null) {
                    javaScript.see(headers, body);
                }
            });
        }

        Receiver get() {
            return receiver;
        }

        Result judge(String name, ChangeTopic log, List<Integer> rounds, RandomSeed seed) throws Exception {
            DeliveryCheck.Seen seen = DeliveryCheck.of(receiver.taken(), log.told(), rounds);
            int attempts = receiver.attempts();
            String verdict = javaScript == null ? "skipped" : javaScript.verdict();
            Result result = new Result(name, log.told(), attempts, seen, receiver.badSignatures(), verdict, seed);
            System.out.println(result);
            assertThat(seen.lost()).as("lost, %s", seed).isZero();
            assertThat(seen.disorder()).as("order, %s", seed).isZero();
            assertThat(seen.mostOfOne())
                    .as("repeats of what one gateway told, %s", seed)
                    .isLessThanOrEqualTo(IN_FLIGHT * PARTITIONS);
            assertThat(receiver.badSignatures()).as("signatures, %s", seed).isZero();
            if (javaScript != null) {
                assertThat(verdict).as("in JavaScript").isEqualTo("VERIFIED " + attempts + " BAD 0");
            }
            return result;
        }

        @Override
        public void close() {
            receiver.close();
            if (javaScript != null) {
                javaScript.close();
            }
        }
    }

    private record Result(
            String name,
            int told,
            int attempts,
            DeliveryCheck.Seen seen,
            int badSignatures,
            String javaScript,
            RandomSeed seed) {

        String page(int kills, double perSecond) {
            return """
                    # Webhooks: a gateway killed again and again

                    Written by `KilledGatewayIT`: `kill -9` of a gateway of its own process at random moments within two seconds of its first
                    delivery, while changes are told and the receiver fails 2 %% of the attempts with 500 and is slow with another 8 %%. A lane may
                    have %d deliveries under way, and there are %d lanes.

                    | what | figure |
                    | --- | ---: |
                    | kills | %d |
                    | changes told, at %.0f a second | %d |
                    | attempts | %d |
                    | lost | %d |
                    | order of a key broken | %d |
                    | repeats in all | %d |
                    | most repeats of what one gateway had told, %d allowed | %d |
                    | attempts the Standard Webhooks library for Java did not verify | %d |
                    | the library for JavaScript, of all attempts | %s |

                    %s
                    """
                    .formatted(
                            IN_FLIGHT,
                            PARTITIONS,
                            kills,
                            perSecond,
                            told,
                            attempts,
                            seen.lost(),
                            seen.disorder(),
                            seen.repeats(),
                            IN_FLIGHT * PARTITIONS,
                            seen.mostOfOne(),
                            badSignatures,
                            javaScript,
                            seed);
        }
    }

    /** Fails one attempt in fifty, and is slow with one in ten. */
    private static Receiver.Behaviour flaky(RandomSeed seed) {
        RandomGenerator random = seed.round(1).random();
        return (exchange, attempt) -> {
            int dice;
            synchronized (random) {
                dice = random.nextInt(100);
            }
            if (dice < 10) {
                LockSupport.parkNanos(Duration.ofMillis(20L * dice).toNanos());
            }
            return dice > 97 ? 500 : 200;
        };
    }

    private OsProcess gateway(EmbeddedKafka kafka, String feed, Receiver receiver) {
        List<String> options = new ArrayList<>(QuickStart.options());
        options.add("-Xmx256m");
        OsProcess process = OsProcess.java(
                dir.resolve("gateway-%03d.out".formatted(started++)),
                options,
                WebhooksMain.class.getName(),
                List.of(kafka.bootstrap(), feed, Integer.toString(IN_FLIGHT), receiver.url()));
        process.awaitLine(DELIVERS, PATIENCE);
        return process;
    }
}
