package io.leat.delivery.files;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Where the files of one partition lie. The manifests of a run of the log form a chain: each is named by the first offset it
 * speaks of, so that no two can speak of the same one.
 *
 * @param feed the feed's name
 * @param sink the subscription's name among all there ever were
 * @param log tells a change log from another of its name that was made anew
 * @param epoch how often the subscription was begun anew
 * @param partition of the change log
 * @param partitions how many it has
 */
record Place(String feed, String sink, String log, long epoch, int partition, int partitions) {

    static final String DATA = "data/";
    static final String MANIFESTS = "_manifests/";

    private static final int DIGITS_OF_CONTENT = 16;
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * A file's name: where it begins, and what it has.
     *
     * @param directory {@code ""} or one that ends with a slash
     */
    String data(String directory, long firstOffset, String sha256, String suffix) {
        return DATA + directory + partitionName() + "-" + offset(firstOffset) + "-"
                + sha256.substring(0, DIGITS_OF_CONTENT) + ".jsonl" + suffix;
    }

    /** The name of the manifest that begins at an offset. */
    String manifest(long firstOffset) {
        return chain() + offset(firstOffset) + ".json";
    }

    /** The name of the manifest that says that nothing came from an offset on until a moment. */
    String idle(long nextOffset, long untilMillis) {
        return chain() + offset(nextOffset) + "-" + MOMENT.format(Instant.ofEpochMilli(untilMillis)) + ".json";
    }

    private String chain() {
        return MANIFESTS + sink + "/" + log + "-" + epoch + "/" + partitionName() + "/";
    }

    private String partitionName() {
        return "p" + padded(partition, 5);
    }

    private static String offset(long offset) {
        return padded(offset, 15);
    }

    private static String padded(long number, int digits) {
        String text = Long.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}
