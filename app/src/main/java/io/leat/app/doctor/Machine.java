package io.leat.app.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a run would find on this machine.
 *
 * @param java the feature version of the running Java
 * @param heap the most memory it may take, bytes
 * @param data the data directory
 * @param isWritable whether files can be made there
 * @param free bytes free on its disk
 * @param used bytes that the directory takes by now
 * @param holder the process that runs on the directory, {@code null} if none does
 * @param kafkaPort where the embedded broker listens, 0 for none or any free one
 * @param isKafkaPortFree whether nobody else does
 * @param httpPort where HTTP is served
 * @param isHttpPortFree whether nobody else does
 */
public record Machine(
        int java,
        long heap,
        Path data,
        boolean isWritable,
        long free,
        long used,
        @Nullable String holder,
        int kafkaPort,
        boolean isKafkaPortFree,
        int httpPort,
        boolean isHttpPortFree) {

    private static final int LEAST_JAVA = 17;
    private static final long LEAST_HEAP = 768L << 20;
    private static final long LEAST_DISK = 4L << 30;

    /** One finding for each thing. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(
                java >= LEAST_JAVA
                        ? Finding.fit("java", "Java " + java)
                        : Finding.unfit("java", "Java " + java, "Leat needs Java 17 or newer: set JAVA_HOME."));
        findings.add(
                heap >= LEAST_HEAP
                        ? Finding.fit("memory", "up to " + size(heap))
                        : Finding.unfit(
                                "memory",
                                "only up to " + size(heap),
                                "Broker, job and gateway in one process want 768 MB: -Xmx768m or more, or a larger machine."));
        findings.add(
                isWritable
                        ? Finding.fit("data", "'%s' can be written; it takes %s".formatted(data, size(used)))
                        : Finding.unfit(
                                "data",
                                "'%s' cannot be written".formatted(data),
                                "Give another directory with --data DIR, or the rights to this one."));
        findings.add(
                free >= LEAST_DISK
                        ? Finding.fit("disk", size(free) + " free")
                        : Finding.unfit(
                                "disk",
                                "only %s free".formatted(size(free)),
                                "An empty feed sets aside about 0.5 GB and an alarm comes below 2 GB: free some, or give a"
                                        + " directory on another disk with --data DIR."));
        if (holder != null) {
            findings.add(Finding.unfit(
                    "run",
                    "the directory is in use: " + holder,
                    "Stop that run, or give another directory with --data DIR."));
            return findings; // its ports are taken by itself
        }
        if (kafkaPort != 0) {
            findings.add(port("kafka port", kafkaPort, isKafkaPortFree, "Give another with --port N, 0 for any."));
        }
        findings.add(port("http port", httpPort, isHttpPortFree, "Give another with --http 127.0.0.1:N."));
        return findings;
    }

    private static Finding port(String what, int port, boolean isFree, String advice) {
        return isFree
                ? Finding.fit(what, port + " is free")
                : Finding.unfit(what, "%s is in use by another program".formatted(port), advice);
    }

    private static String size(long bytes) {
        return bytes >= 1L << 30
                ? String.format(Locale.ROOT, "%.1f GB", bytes / (double) (1L << 30))
                : String.format(Locale.ROOT, "%.0f MB", bytes / (double) (1L << 20));
    }
}
