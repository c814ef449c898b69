package io.leat.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Processor time used so far, seconds.
 *
 * @param system by the system under test
 * @param broker by the broker
 * @param driver by this process
 * @param machine by everything on this machine; not a number where it is not known
 */
record Processor(double system, double broker, double driver, double machine) {

    private static final Path STAT = Path.of("/proc/stat");
    /** Of {@code /proc/stat}, on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    /** The time used until now. */
    static Processor now(long system, long broker) {
        return new Processor(of(system), of(broker), of(ProcessHandle.current().pid()), everything());
    }

    /** The time used since another moment. */
    Processor since(Processor before) {
        return new Processor(
                system - before.system, broker - before.broker, driver - before.driver, machine - before.machine);
    }

    /** The same a second. */
    Processor over(double seconds) {
        return new Processor(system / seconds, broker / seconds, driver / seconds, machine / seconds);
    }

    /** What did not belong to this benchmark: neighbours, and the kernel's own work. */
    double others() {
        return machine - system - broker - driver;
    }

    private static double of(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(used -> used.toNanos() / 1e9)
                .orElse(Double.NaN);
    }

    /** Everything but idle and waiting for disks, the 4th and 5th number. */
    private static double everything() {
        if (!Files.exists(STAT)) {
            return Double.NaN;
        }
        try {
            String[] words = Files.readAllLines(STAT).get(0).strip().split("\\s+");
            long[] ticks = Stream.of(words).skip(1).mapToLong(Long::parseLong).toArray();
            return (LongStream.of(ticks).limit(8).sum() - ticks[3] - ticks[4]) / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
