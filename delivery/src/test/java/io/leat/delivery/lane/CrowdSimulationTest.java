package io.leat.delivery.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How many clients so many deliverers serve, and what it costs the others that one in sixteen of them is slow, silent or refuses, and that a
 * deliverer dies. Small in every build; {@code -Dleat.crowd.clients=10000 -Dleat.crowd.page=../bench/results/delivery-crowd.md} is the
 * size of the page.
 */
class CrowdSimulationTest {

    private static final int CLIENTS = Integer.getInteger("leat.crowd.clients", 500);
    private static final int PARTITIONS = 24;
    private static final int PER_CLIENT = 5;
    private static final int RECIPIENTS = 25;
    private static final int ATTEMPT_MICROS = 200;
    private static final int PROCESSORS = 2;
    private static final int SECONDS = 60;
    private static final int KILLED_AT = 30;

    @Test
    void whoeverIsServedWellIsServedWholeInOrderAndInTime() throws IOException {
        int changes = CLIENTS * PER_CLIENT / RECIPIENTS;
        int needed = (int) Math.ceil(CLIENTS * PER_CLIENT * ATTEMPT_MICROS / 1e6 / PROCESSORS / 0.7);
        List<String> rows = new ArrayList<>();
        for (int deliverers : List.of(Math.max(2, needed), Math.max(3, needed + 2), Math.max(4, 2 * needed))) {
            CrowdSimulation.Plan plan = new CrowdSimulation.Plan(
                    CLIENTS,
                    PARTITIONS,
                    deliverers,
                    changes,
                    RECIPIENTS,
                    SECONDS,
                    ATTEMPT_MICROS,
                    PROCESSORS,
                    KILLED_AT);
            CrowdSimulation.Report report = new CrowdSimulation(plan, 1).run();
            rows.add(row(plan, report));
            assertThat(report.disorder).isZero();
            assertThat(report.missing).as("of those that answer").isZero();
            assertThat(report.calm.quantile(0.99))
                    .as("others do not wait for who does not answer")
                    .isLessThan(500);
        }
        String page = System.getProperty("leat.crowd.page");
        if (page != null) {
            Files.writeString(Path.of(page), HEAD + String.join("", rows));
        }
    }

    private static String row(CrowdSimulation.Plan plan, CrowdSimulation.Report report) {
        return "| %d | %d | %d | %.0f %% | %d ms | %d ms | %d ms | %d ms | %d s | %d | %d | %d | %d | %d MiB |\n"
                .formatted(
                        plan.deliverers(),
                        plan.clients() * plan.partitions(),
                        report.attempts,
                        100 * report.busiest,
                        report.calm.quantile(0.5),
                        report.calm.quantile(0.99),
                        report.calm.quantile(0.999),
                        report.struck.quantile(0.99),
                        Math.max(0, report.caughtUpAt / 1_000 - KILLED_AT),
                        report.repeated,
                        report.disorder,
                        report.missing,
                        report.mostBehind,
                        report.mostBytes >> 20);
    }

    private static final String HEAD =
            """
            # Ten thousand clients, simulated

            Written by `CrowdSimulationTest` from the same lanes that deliver, on virtual time with fixed seeds:

                mvn -pl delivery test -Dtest=CrowdSimulationTest -Dleat.crowd.clients=10000 -Dleat.crowd.page=../bench/results/delivery-crowd.md

            %d clients are each told %d changes a second of a log of %d partitions, for %d s: %d deliveries a second. An attempt keeps one of a deliverer's %d
            processors busy for %d µs, which is about what a delivery cost in [webhooks.md](webhooks.md), broker and receiver included. Most clients answer after 20 to 100 ms. One in 32
            answers after 2 s, one in 64 never (15 s), one in 64 refuses with 503; latencies and counts are of the others. One deliverer is killed after %d s; its partitions are taken
            over 10 s later, when its session is over, from what was committed.

            | deliverers | lanes | attempts | busiest | p50 | p99 | p99.9 | p99 from 2 s before the death | late until, after it | repeated | out of order | missing | most behind in a lane | most memory of changes in one |
            | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            """
                    .formatted(
                            CLIENTS,
                            PER_CLIENT,
                            PARTITIONS,
                            SECONDS,
                            CLIENTS * PER_CLIENT,
                            PROCESSORS,
                            ATTEMPT_MICROS,
                            KILLED_AT);
}
