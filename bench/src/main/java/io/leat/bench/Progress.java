package io.leat.bench;

import io.leat.bench.result.Cell;
import io.leat.bench.result.Drain;
import java.util.Locale;

/** Says on the terminal how the run goes. */
final class Progress {

    private Progress() {}

    @SuppressWarnings({"SystemOut", "AnnotateFormatMethod"})
    static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    static void tell(Cell cell) {
        say(
                "     %6d/s  append->visible p50 %.1f p99 %.1f p99.9 %.1f | intended->visible %.1f %.1f %.1f"
                        + " | sending p99 %.1f | caught up %.0f ms | lost %d repeated %d | cores %.2f + %.2f + %.2f, others %.2f",
                cell.perSecond(),
                cell.fromAppend().p50(),
                cell.fromAppend().p99(),
                cell.fromAppend().p999(),
                cell.fromIntended().p50(),
                cell.fromIntended().p99(),
                cell.fromIntended().p999(),
                cell.sending().p99(),
                cell.catchUpMillis(),
                cell.lost(),
                cell.repeated(),
                cell.systemCores(),
                cell.brokerCores(),
                cell.driverCores(),
                cell.otherCores());
    }

    static void tell(Drain drain) {
        say(
                "     drain     %.0f records/s | %.1f us CPU a record (broker %.1f)",
                drain.recordsPerSecond(), drain.cpuMicrosPerRecord(), drain.brokerCpuSeconds() * 1e6 / drain.records());
    }
}
