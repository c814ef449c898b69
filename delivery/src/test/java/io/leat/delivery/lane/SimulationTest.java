package io.leat.delivery.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.GeneratedPage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Scripted receivers on virtual time. The table is committed, so that a change of behaviour is a difference to look at;
 * {@code -Dleat.docs.write=true} writes it anew.
 */
class SimulationTest {

    private static final Path PAGE = Path.of("..", "bench", "results", "delivery-simulation.md");
    private static final long MINUTE = 60_000;
    private static final Terms TERMS = new Terms(32, 1, 0, false, 0, 3 * 24 * 60 * MINUTE, 1_000, 4 << 20);
    private static final Terms LATEST = new Terms(32, 1, 0, true, 0, 3 * 24 * 60 * MINUTE, 1_000, 4 << 20);
    private static final Terms BATCHED = new Terms(4, 100, 1_000, false, 0, 3 * 24 * 60 * MINUTE, 1_000, 4 << 20);
    private static final Terms SLOWLY = new Terms(32, 1, 0, false, 20, 3 * 24 * 60 * MINUTE, 1_000, 4 << 20);

    private static final SimulatedReceiver OK = SimulatedReceiver.always(200, 30);

    private record Case(Terms terms, SimulatedReceiver receiver) {}

    private static Map<String, Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.put("200 after 30 ms", new Case(TERMS, OK));
        cases.put("200 after 2 s", new Case(TERMS, SimulatedReceiver.always(200, 2_000)));
        cases.put(
                "200, then 1 byte/s of body: the status line decides",
                new Case(TERMS, SimulatedReceiver.always(200, 100)));
        cases.put(
                "200, then an endless body: the status line decides",
                new Case(TERMS, SimulatedReceiver.always(200, 100)));
        cases.put(
                "500 to a fifth of the attempts",
                new Case(
                        TERMS,
                        (entry, now, random) -> SimulatedReceiver.status(random.nextInt(5) == 0 ? 500 : 200, 30)));
        cases.put(
                "400 for one key of 40, for ever",
                new Case(
                        TERMS,
                        (entry, now, random) ->
                                SimulatedReceiver.status(entry.key().equals("k0") ? 400 : 200, 30)));
        cases.put(
                "400 for one key of 40, in batches of 100",
                new Case(
                        BATCHED,
                        (entry, now, random) ->
                                SimulatedReceiver.status(entry.key().equals("k0") ? 400 : 200, 30)));
        cases.put("500 for 2 minutes", new Case(TERMS, forMinutes(2, SimulatedReceiver.always(500, 30))));
        cases.put(
                "429 with Retry-After: 30 for 2 minutes",
                new Case(
                        TERMS,
                        forMinutes(
                                2,
                                (entry, now, random) ->
                                        new SimulatedReceiver.Reply(new Outcome.Answered(429, 30_000), 30))));
        cases.put(
                "hangs for 30 minutes",
                new Case(
                        TERMS,
                        forMinutes(30, SimulatedReceiver.fails(Outcome.Fault.TIMEOUT, SimulatedReceiver.TIMEOUT))));
        cases.put(
                "the same, catch_up: latest",
                new Case(
                        LATEST,
                        forMinutes(30, SimulatedReceiver.fails(Outcome.Fault.TIMEOUT, SimulatedReceiver.TIMEOUT))));
        cases.put(
                "resets the connection for 30 minutes",
                new Case(TERMS, forMinutes(30, SimulatedReceiver.fails(Outcome.Fault.CONNECTION_RESET, 5))));
        cases.put(
                "flaps: 30 s up, 30 s down",
                new Case(
                        TERMS,
                        (entry, now, random) -> SimulatedReceiver.status(now / 30_000 % 2 == 0 ? 200 : 503, 30)));
        cases.put("200, at most 20 in a second", new Case(SLOWLY, OK));
        cases.put("200 after 30 ms, in batches of 100", new Case(BATCHED, OK));
        cases.put("302 always: not followed", new Case(TERMS, SimulatedReceiver.always(302, 30)));
        cases.put("huge headers always", new Case(TERMS, SimulatedReceiver.fails(Outcome.Fault.BAD_ANSWER, 30)));
        cases.put("500 always", new Case(TERMS, SimulatedReceiver.always(500, 30)));
        cases.put("410 after a minute", new Case(TERMS, forMinutes(1, OK, SimulatedReceiver.always(410, 30))));
        return cases;
    }

    private static SimulatedReceiver forMinutes(long minutes, SimulatedReceiver first) {
        return forMinutes(minutes, first, OK);
    }

    private static SimulatedReceiver forMinutes(long minutes, SimulatedReceiver first, SimulatedReceiver then) {
        return SimulatedReceiver.until(minutes * MINUTE, first, then);
    }

    @Test
    void everyKindOfReceiverIsTreatedAsThePageSays() {
        StringBuilder page = new StringBuilder(HEAD);
        for (Map.Entry<String, Case> named : cases().entrySet()) {
            Simulation.Report report =
                    new Simulation(named.getValue().terms(), named.getValue().receiver()).run();
            assertThat(report.disorder).as(named.getKey()).isZero();
            assertThat(report.delivered + report.givenUp + report.folded)
                    .as("lost with " + named.getKey())
                    .isEqualTo(report.end.startsWith("disabled") ? report.done : Simulation.CHANGES);
            page.append(row(named.getKey(), report));
        }
        GeneratedPage.check(PAGE, page.toString());
    }

    private static String row(String name, Simulation.Report report) {
        return "| %s | %d | %d | %d | %d | %d | %d | %d | %s | %s | %s | %s |%n"
                .formatted(
                        name,
                        report.attempts,
                        report.delivered,
                        report.folded,
                        report.givenUp,
                        report.disorder,
                        report.mostHeld,
                        report.mostInFlight,
                        time(report.p50),
                        time(report.p99),
                        time(report.endedAt),
                        report.end)
                .replace("\r\n", "\n");
    }

    private static String time(long millis) {
        if (millis < 0) {
            return "";
        }
        if (millis < 10_000) {
            return millis + " ms";
        }
        return millis < 2 * 60 * MINUTE ? millis / 1_000 + " s" : millis / (60 * MINUTE) + " h";
    }

    private static final String HEAD =
            """
            # Delivery, simulated

            Written by `SimulationTest` from the same lane that delivers; virtual time, fixed seeds, so every run gives this table to the
            digit. Into each lane come 15,000 changes of 40 keys in 300 s, a commit takes 5 ms, at most 32 deliveries are under way (4
            batches), at most 1,000 changes are held. Latency is from the change's telling to its receipt, over all that were received.

            | receiver | attempts | delivered | folded | given up | out of order | most held | most in flight | p50 | p99 | last at | end |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
            """;
}
