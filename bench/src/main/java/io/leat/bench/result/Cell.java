package io.leat.bench.result;

/**
 * One system at one pace.
 *
 * @param system its name
 * @param rotation 1, 2, …
 * @param perSecond the pace, records a second
 * @param fromAppend from the broker's append of the scrape until its change was seen
 * @param fromIntended from when the scrape was meant to be sent until its change was seen
 * @param sending from when a scrape was meant to be sent until its append: the benchmark's and the broker's own part
 * @param lost changes that were not seen in time
 * @param repeated changes seen more than once
 * @param catchUpMillis from the last scrape until the last change was seen
 * @param systemCores processor seconds a second of the system under test
 * @param brokerCores the same of the broker
 * @param driverCores the same of the benchmark itself
 * @param otherCores the same of everything else on the machine: where it is much, the figures say little
 */
public record Cell(
        String system,
        int rotation,
        int perSecond,
        Spread fromAppend,
        Spread fromIntended,
        Spread sending,
        long lost,
        long repeated,
        double catchUpMillis,
        double systemCores,
        double brokerCores,
        double driverCores,
        double otherCores) {}
