package io.leat.bench.process;

import java.util.List;
import java.util.Locale;

/**
 * A system under test.
 *
 * @param name as on the command line
 * @param module whose class path it has, a directory below {@code bench}; empty for bench itself
 * @param mainClass what runs it
 * @param options for its JVM, on top of those all have
 * @param logPartitions of the topic its changes go to
 * @param backoffMillis the broker's {@code add.partitions.to.txn.retry.backoff.ms}
 * @param description one sentence
 */
public record Contestant(
        String name,
        String module,
        String mainClass,
        List<String> options,
        int logPartitions,
        int backoffMillis,
        String description) {

    private static final String LEAT = "io.leat.bench.job.LeatMain";
    private static final String FLINK = "io.leat.bench.flinksink.FlinkSinkMain";
    private static final String STREAMS = "io.leat.bench.streams.StreamsMain";
    private static final String HAND = "io.leat.bench.hand.HandMain";
    private static final String PRODUCT = "io.leat.bench.product.ProductMain";
    private static final int KAFKA_DEFAULT_BACKOFF = 20;

    /**
     * Reads {@code KIND[+pN][+xNAME=VALUE…][@MILLIS]}: a kind, the log's partitions, system properties of its JVM without
     * {@code -Dbench.}, and the broker's backoff.
     *
     * @throws IllegalArgumentException if there is no such system
     */
    public static Contestant parse(String name, int defaultPartitions) {
        String[] placed = name.split("@", 2);
        int backoff = placed.length == 1 ? KAFKA_DEFAULT_BACKOFF : Integer.parseInt(placed[1]);
        String[] parts = placed[0].split("(?<!:)\\+");
        int partitions = defaultPartitions;
        List<String> options = new java.util.ArrayList<>();
        for (String part : List.of(parts).subList(1, parts.length)) {
            if (part.startsWith("p")) {
                partitions = Integer.parseInt(part.substring(1));
            } else if (part.startsWith("x")) {
                options.add("-Dbench." + part.substring(1));
            } else {
                options.add(part);
            }
        }
        String where = String.format(
                Locale.ROOT,
                "; %d log partitions, broker backoff %d ms%s",
                partitions,
                backoff,
                options.isEmpty() ? "" : ", " + String.join(" ", options));
        return switch (parts[0]) {
            case "leat" -> new Contestant(name, "", LEAT, options, partitions, backoff, "Leat, exactly once" + where);
            case "leat-alo" -> {
                options.add("-Dbench.log=plain");
                yield new Contestant(
                        name,
                        "",
                        LEAT,
                        options,
                        partitions,
                        backoff,
                        "Leat's operator, plain idempotent producer" + where);
            }
            case "product" ->
                new Contestant(
                        name, "product", PRODUCT, options, partitions, backoff, "leat run, as users run it" + where);
            case "hand" ->
                new Contestant(name, "", HAND, options, partitions, backoff, "a loop written by hand" + where);
            case "streams-hand" -> {
                options.add("-Dbench.parser=hand");
                yield new Contestant(
                        name,
                        "streams",
                        STREAMS,
                        options,
                        partitions,
                        backoff,
                        "Kafka Streams exactly_once_v2, checks written by hand" + where);
            }
            case "flink" ->
                new Contestant(
                        name,
                        "flink-sink",
                        FLINK,
                        options,
                        partitions,
                        backoff,
                        "Flink KafkaSink EXACTLY_ONCE" + where);
            case "streams" ->
                new Contestant(
                        name,
                        "streams",
                        STREAMS,
                        options,
                        partitions,
                        backoff,
                        "Kafka Streams exactly_once_v2" + where);
            default ->
                throw new IllegalArgumentException("no system '" + parts[0]
                        + "'; there are product, leat, leat-alo, hand, flink, streams, streams-hand");
        };
    }
}
