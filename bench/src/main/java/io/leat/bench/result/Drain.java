package io.leat.bench.result;

/**
 * One system on a raw topic that was filled while it stood still.
 *
 * @param system its name
 * @param rotation 1, 2, …
 * @param records how many scrapes
 * @param seconds from when it was let go until the broker appended its last change
 * @param systemCpuSeconds processor time of the system under test
 * @param brokerCpuSeconds the same of the broker
 */
public record Drain(
        String system, int rotation, long records, double seconds, double systemCpuSeconds, double brokerCpuSeconds) {

    public double recordsPerSecond() {
        return records / seconds;
    }

    public double cpuMicrosPerRecord() {
        return systemCpuSeconds * 1e6 / records;
    }
}
