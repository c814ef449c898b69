package io.leat.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.embedded.EmbeddedKafka;
import io.leat.app.process.QuickStart;
import io.leat.testkit.OsProcess;
import io.leat.testkit.RandomSeed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
 * 3 by default, 50 in full.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class KilledGatewayIT {

    private static final int KILLS = Integer.getInteger("leat.webhook.kills", 3);
    private static final int IN_FLIGHT = 16;
    private static final int PARTITIONS = 2;
    private static final int KEYS = 400;
    private static final int PER_TICK = 10;
    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern DELIVERS = Pattern.compile("DELIVERS");

    @TempDir
    private Path dir;

    private int started;

    @Test
    void killedAtAnyMomentItLosesNothingAndRepeatsNoMoreThanWasUnderWay() throws Exception {
        RandomSeed seed = RandomSeed.of("killed-gateway");
        RandomGenerator random = seed.random();
        try (DataDirectory data = DataDirectory.take(dir.resolve("data"));
                EmbeddedKafka kafka = EmbeddedKafka.start(data, 0);
                ChangeTopic log = new ChangeTopic(kafka.bootstrap(), "killed", PARTITIONS, KEYS);
                Receiver receiver = new Receiver(flaky(seed))) {
            for (int kill = 0; kill < KILLS; kill++) {
                int before = receiver.attempts();
                try (OsProcess gateway = gateway(kafka, "killed", receiver)) {
                    Awaitility.await().atMost(PATIENCE).until(() -> {
                        tick(log);
                        return receiver.attempts() > before;
                    });
                    long deadline = System.nanoTime() + random.nextLong(2_000_000_000L);
                    while (System.nanoTime() < deadline) {
                        tick(log);
                    }
                    gateway.kill9();
                    gateway.awaitExit(PATIENCE);
                }
            }
            try (OsProcess gateway = gateway(kafka, "killed", receiver)) {
                Awaitility.await()
                        .atMost(PATIENCE.multipliedBy(4))
                        .until(() -> receiver.distinct() == log.told() || !gateway.isAlive());
            }
            judge("R22 killed-gateway", receiver, log, KILLS, seed);
        }
    }

    @Test
    void twoGatewaysShareTheLogAndOneMayDieAndAnotherCome() throws Exception {
        RandomSeed seed = RandomSeed.of("two-gateways");
        try (DataDirectory data = DataDirectory.take(dir.resolve("data"));
                EmbeddedKafka kafka = EmbeddedKafka.start(data, 0);
                ChangeTopic log = new ChangeTopic(kafka.bootstrap(), "shared", PARTITIONS, KEYS);
                Receiver receiver = new Receiver(flaky(seed));
                OsProcess first = gateway(kafka, "shared", receiver)) {
            load(log, Duration.ofSeconds(1));
            try (OsProcess second = gateway(kafka, "shared", receiver)) {
                load(log, Duration.ofSeconds(3));
                first.kill9();
                first.awaitExit(PATIENCE);
                load(log, Duration.ofSeconds(1));
                try (OsProcess third = gateway(kafka, "shared", receiver)) {
                    load(log, Duration.ofSeconds(3));
                    Awaitility.await()
                            .atMost(PATIENCE)
                            .until(() -> receiver.distinct() == log.told() || !(second.isAlive() && third.isAlive()));
                }
            }
            judge("two-gateways", receiver, log, 3, seed);
        }
    }

    private void judge(String name, Receiver receiver, ChangeTopic log, int interruptions, RandomSeed seed) {
        int repeats = receiver.taken().size() - receiver.distinct();
        System.out.printf(
                "%s told=%d attempts=%d lost=%d repeats=%d allowed=%d disorder=%d bad signatures=%d %s%n",
                name,
                log.told(),
                receiver.attempts(),
                log.told() - receiver.distinct(),
                repeats,
                interruptions * IN_FLIGHT * PARTITIONS,
                receiver.disorder(),
                receiver.badSignatures(),
                seed);
        assertThat(receiver.distinct()).as("lost, %s", seed).isEqualTo(log.told());
        assertThat(receiver.disorder()).as("order, %s", seed).isZero();
        assertThat(receiver.badSignatures()).as("signatures, %s", seed).isZero();
        assertThat(repeats).as("repeats, %s", seed).isLessThanOrEqualTo(interruptions * IN_FLIGHT * PARTITIONS);
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

    private static void load(ChangeTopic log, Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < deadline) {
            tick(log);
        }
    }

    private static void tick(ChangeTopic log) {
        log.tell(PER_TICK);
        LockSupport.parkNanos(TICK.toNanos());
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
