package io.leat.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.FalseClock;
import io.leat.testkit.Weather;
import io.leat.testkit.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** All that can befall a cluster, by kind. */
final class Troubles {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<Weather> CUTS = List.of(Weather.CUT, Weather.CUT_THERE, Weather.CUT_BACK);
    private static final List<Weather> UGLY =
            List.of(Weather.SLICED, Weather.RESETTING, Weather.LATE, Weather.NARROW, Weather.HALF_OPEN);

    private final Cluster cluster;
    private final RandomGenerator random;

    Troubles(Cluster cluster, RandomGenerator random) {
        this.cluster = cluster;
        this.random = random;
    }

    /** The kinds that are possible here, each with its troubles; in the order of their names. */
    Map<String, List<Trouble>> all() {
        Map<String, List<Trouble>> all = new TreeMap<>();
        all.put("brokers", brokers());
        all.put("cuts", cuts());
        all.put("flink", flink());
        all.put("members", members());
        all.put("tails", tails());
        all.put("tcp", ugly());
        if (cluster.hasSmallDisk()) {
            all.put("disk", List.of(diskFull()));
        }
        if (cluster.jobClock.isPresent()) {
            all.put("clocks", clocks());
        }
        return all;
    }

    private List<Trouble> brokers() {
        List<Trouble> troubles = new ArrayList<>();
        for (int i = 0; i < Brokers.COUNT; i++) {
            int broker = i;
            troubles.add(Trouble.death(
                    "broker killed", "broker " + broker, () -> cluster.brokers.kill(broker), () -> restart(broker)));
        }
        return troubles;
    }

    private void restart(int broker) {
        cluster.brokers.restart(broker);
        cluster.awaitReplicas();
    }

    private List<Trouble> flink() {
        return List.of(
                Trouble.death(
                        "task manager killed",
                        "task manager",
                        () -> cluster.flink.killTaskManager(random.nextInt(2)),
                        () -> {}),
                Trouble.death(
                        "job manager killed, job submitted without a savepoint",
                        "job manager",
                        () -> {
                            cluster.flink.killJobManager();
                            cluster.submit();
                        },
                        () -> {}));
    }

    private List<Trouble> members() {
        return cluster.members().stream()
                .map(member -> Trouble.death(
                        (cluster.gateways.contains(member) ? "gateway" : "deliverer") + " killed",
                        member.name(),
                        member::kill,
                        member::restart))
                .toList();
    }

    private List<Trouble> cuts() {
        List<Trouble> troubles = new ArrayList<>();
        for (Link link : Link.values()) {
            for (Weather cut : CUTS) {
                troubles.add(weather(link, cut, "cut between %s and all brokers"));
                for (int i = 0; i < Brokers.COUNT; i++) {
                    Wire wire = cluster.brokers.wire(link, i);
                    troubles.add(Trouble.lasting(
                            "cut between %s and one broker".formatted(word(link)),
                            "%s broker %d".formatted(cut, i),
                            () -> wire.be(cut),
                            () -> wire.be(Weather.FAIR)));
                }
            }
        }
        return troubles;
    }

    private List<Trouble> ugly() {
        List<Trouble> troubles = new ArrayList<>();
        for (Weather weather : UGLY) {
            for (Link link : Link.values()) {
                troubles.add(weather(link, weather, "%s to Kafka: " + word(weather)));
            }
            troubles.add(weather(cluster.webhook, weather, "webhook"));
            if (cluster.tables != null) {
                troubles.add(weather(cluster.tables, weather, "table"));
            }
        }
        return troubles;
    }

    private static Trouble weather(Wire wire, Weather weather, String name) {
        return Trouble.lasting(
                name + ": " + word(weather), weather.toString(), () -> wire.be(weather), () -> wire.be(Weather.FAIR));
    }

    private Trouble weather(Link link, Weather weather, String kind) {
        return Trouble.lasting(
                kind.formatted(word(link)),
                weather.toString(),
                () -> cluster.brokers.weather(link, weather),
                () -> cluster.brokers.weather(link, Weather.FAIR));
    }

    private static String word(Enum<?> name) {
        return name.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    private List<Trouble> tails() {
        List<Trouble> troubles = new ArrayList<>();
        for (boolean isTorn : new boolean[] {true, false}) {
            String kind = "broker killed, the tail of its logs " + (isTorn ? "torn" : "flipped");
            troubles.add(Trouble.death(kind, "broker 0", () -> cluster.brokers.kill(0), () -> {
                Tails.spoil(cluster.brokers.data(0), Cluster.FEED, isTorn, random);
                restart(0);
            }));
        }
        return troubles;
    }

    /** The job has to go on without checkpoints, and not to be started again over them. */
    private Trouble diskFull() {
        Path filler = cluster.state.resolve("filler");
        AtomicLong failures = new AtomicLong();
        return Trouble.unnoticed(
                "disk of checkpoints full",
                "disk",
                () -> {
                    failures.set(cluster.flink.failures());
                    fill(filler);
                },
                () -> {
                    Files.delete(filler);
                    assertThat(cluster.flink.failures())
                            .as("failures while no checkpoint could be taken")
                            .isEqualTo(failures.get());
                });
    }

    private static void fill(Path filler) throws IOException {
        byte[] megabyte = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(megabyte);
            }
        } catch (IOException e) {
            if (Files.getFileStore(filler).getUsableSpace() > 0) {
                throw e;
            }
        }
    }

    private List<Trouble> clocks() {
        List<Trouble> troubles = new ArrayList<>();
        for (Duration step : List.of(HOUR, HOUR.negated())) {
            cluster.jobClock.ifPresent(clock -> troubles.add(clock("job", clock, step)));
            clock(cluster.gateways.get(0), step).ifPresent(troubles::add);
            clock(cluster.deliverers.get(0), step).ifPresent(troubles::add);
        }
        return troubles;
    }

    private static java.util.Optional<Trouble> clock(Member member, Duration step) {
        return member.clock().map(clock -> clock(member.name(), clock, step));
    }

    private static Trouble clock(String whose, FalseClock clock, Duration step) {
        return Trouble.unnoticed(
                "clock of %s an hour %s".formatted(whose.replaceAll("-\\d", ""), step.isNegative() ? "back" : "on"),
                whose,
                () -> clock.put(step),
                () -> clock.put(Duration.ZERO));
    }
}
