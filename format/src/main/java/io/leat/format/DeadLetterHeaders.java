package io.leat.format;

/**
 * The headers of a dead letter. Public API, see docs/reference/change.md: the {@code __connect.errors.*} headers are those of
 * Kafka Connect (KIP-298), numbers as text.
 */
public final class DeadLetterHeaders {

    /** What starts the names of Kafka Connect's headers. */
    public static final String CONNECT = "__connect.errors.";
    /** What starts the names of our own, which say why. */
    public static final String ERROR = "leat.error.";
    /** What starts the names of our own, which keep what a Kafka record cannot say twice. */
    public static final String RAW = "leat.raw.";

    public static final String CODE = ERROR + "code";
    public static final String FIELD = ERROR + "field";
    public static final String CONTRACT = ERROR + "contract.version";
    public static final String RAW_KEY = RAW + "key";
    /** Set where the scrape had no value: a letter without one would be a tombstone and vanish. */
    public static final String RAW_VALUE_NULL = RAW + "value.null";

    /** On a scrape that was sent again: the key of the dead letter it comes from. */
    public static final String REDRIVEN_FROM = "leat.redriven.from";
    /** On a scrape that was sent again: {@code topic-partition-offset} of the first scrape. */
    public static final String ORIGIN = "leat.redriven.origin";
    /** What starts the key of the mark that says of a dead letter that it was sent again. */
    public static final String MARK = "redriven/";

    private DeadLetterHeaders() {}

    /** Whether a header was added by Leat when it put the scrape aside, and is none of the scrape's own. */
    public static boolean isAdded(String name) {
        return name.startsWith(CONNECT) || name.startsWith(ERROR) || name.startsWith(RAW);
    }
}
