package io.leat.core;

import io.leat.core.normalize.Normalization;
import io.leat.core.silence.Silences;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One feed as declared: where scrapes come from, what makes an item, and which changes are worth telling.
 *
 * @param name {@code [a-z0-9][a-z0-9-]{0,62}}; it becomes topic, file and state names
 * @param source where the scrapes are
 * @param contracts the schemas an item may keep, newest first; empty: any JSON object will do
 * @param key what identifies an item over time; at least one part
 * @param time when an item was extracted
 * @param comparison which fields tell a change
 * @param rules which differences are worth telling
 * @param log how the change log is written
 * @param limits how much of a scrape is read before it is refused
 * @param windows figures over spans of event time
 * @param state where what is known of the keys is held while the job runs
 * @param normalize fields whose values become comparable, in this order
 * @param watch what is watched beside the changes, {@code null} if nothing is
 */
public record Feed(
        String name,
        Source source,
        List<ContractSource> contracts,
        List<KeyPart> key,
        Time time,
        Comparison comparison,
        Rules rules,
        Log log,
        Limits limits,
        List<Window> windows,
        State state,
        List<Normalization> normalize,
        @Nullable Watch watch)
        implements Serializable {

    /** The shape of a feed's name. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public Feed {
        contracts = List.copyOf(contracts);
        key = List.copyOf(key);
        windows = List.copyOf(windows);
        normalize = List.copyOf(normalize);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a feed name: " + name);
        }
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a feed needs a key");
        }
    }

    /** A feed with default limits, without rules and windows, whose state is in memory, with values as scraped. */
    public Feed(
            String name,
            Source source,
            List<ContractSource> contracts,
            List<KeyPart> key,
            Time time,
            Comparison comparison,
            Log log) {
        this(name, source, contracts, key, time, comparison, Rules.NONE, log);
    }

    /** The same with rules. */
    public Feed(
            String name,
            Source source,
            List<ContractSource> contracts,
            List<KeyPart> key,
            Time time,
            Comparison comparison,
            Rules rules,
            Log log) {
        this(
                name,
                source,
                contracts,
                key,
                time,
                comparison,
                rules,
                log,
                Limits.DEFAULT,
                List.of(),
                State.MEMORY,
                List.of(),
                null);
    }

    /** The same feed with other contracts. */
    public Feed withContracts(List<ContractSource> others) {
        return new Feed(
                name, source, others, key, time, comparison, rules, log, limits, windows, state, normalize, watch);
    }

    /** The same feed, of which the first item of each key is remembered silently. */
    public Feed seeding() {
        return new Feed(
                name,
                source,
                contracts,
                key,
                time,
                comparison,
                rules.seeding(),
                log,
                limits,
                windows,
                state,
                normalize,
                watch);
    }

    /** Whether anything may be told in the topic of alerts. */
    public boolean hasAlerts() {
        return watch != null || state.limit() != State.NO_LIMIT;
    }

    /**
     * What is watched beside the changes.
     *
     * @param by the field that names a scrape's site
     * @param expected how often sites are declared to send
     * @param route where alerts go
     */
    public record Watch(FieldPath by, Silences.Expected expected, AlertRoute route) implements Serializable {}

    /**
     * Where what is known of the keys is held while the job runs. Checkpoints are on disk in either case.
     *
     * @param limit how many bytes it may take as a checkpoint holds it, {@link #NO_LIMIT} for as many as there are; an alarm is
     *     raised long before
     */
    public record State(Place place, long limit) implements Serializable {

        /** Stands for no limit. */
        public static final long NO_LIMIT = Long.MAX_VALUE;

        public static final State MEMORY = new State(Place.MEMORY, NO_LIMIT);
        public static final State DISK = new State(Place.DISK, NO_LIMIT);

        /** Where. */
        public enum Place {
            /** On the heap: the fastest, as long as it fits. */
            MEMORY,
            /** In RocksDB: as much as the disk holds. */
            DISK
        }
    }

    /**
     * The topic of raw scrapes.
     *
     * @param topic its name
     * @param partitions how many it is created with, if it has to be created
     * @param properties passed through to the Kafka clients
     */
    public record Source(String topic, int partitions, Map<String, String> properties) implements Serializable {
        public static final int DEFAULT_PARTITIONS = 4;

        public Source {
            properties = Map.copyOf(properties);
            if (partitions < 1) {
                throw new IllegalArgumentException("a topic has at least one partition");
            }
        }
    }

    /**
     * One version of a contract.
     *
     * @param version told with every change that kept it; the schema file's name without its ending
     * @param schema the JSON Schema document
     */
    public record ContractSource(String version, String schema) implements Serializable {}

    /** A part of the key. */
    public sealed interface KeyPart extends Serializable {

        /** One field's value. A record without it, or with an empty one, is refused. */
        record Field(FieldPath path) implements KeyPart {}

        /**
         * All fields of an object but some: for sites whose items have no number of their own.
         *
         * @param object the object, {@code null} for the record itself
         * @param except names left out
         */
        record RestOf(@Nullable FieldPath object, List<String> except) implements KeyPart {
            public RestOf {
                except = List.copyOf(except);
            }
        }
    }

    /**
     * Event time.
     *
     * @param field the moment of extraction
     * @param format how it is written
     * @param tieBreak a whole number that orders records of one moment, such as a sequence number; without it the
     *     order of such records is that of a hash of their content: arbitrary, but always the same
     * @param maxSkew how far a record may be ahead of the time the broker took it
     * @param order how records that come in the wrong order are dealt with
     */
    public record Time(FieldPath field, Format format, @Nullable FieldPath tieBreak, Duration maxSkew, Order order)
            implements Serializable {
        public static final Duration DEFAULT_MAX_SKEW = Duration.ofMinutes(10);

        /** Nothing waits for order. */
        public Time(FieldPath field, Format format, @Nullable FieldPath tieBreak, Duration maxSkew) {
            this(field, format, tieBreak, maxSkew, Order.DEFAULT);
        }

        /** How the moment of extraction is written. */
        public enum Format {
            /** {@code 2026-02-07T17:22:01Z}, with offset; fractions to the microsecond count. */
            RFC3339,
            /** Seconds since 1970, whole or with a fraction. */
            EPOCH_S,
            /** Milliseconds since 1970. */
            EPOCH_MS,
            /** As {@link #RFC3339} but without an offset, in UTC: {@code 2026-02-07T17:22:01.123456}. */
            UTC;

            /** Whether it is written as text; otherwise it is a number. */
            public boolean isText() {
                return this == RFC3339 || this == UTC;
            }
        }
    }

    /** Which fields tell a change. */
    public sealed interface Comparison extends Serializable {

        /**
         * These fields, and no others.
         *
         * @param former earlier names of them, tried in this order where the present one is absent
         */
        record Only(List<FieldPath> fields, List<FormerName> former) implements Comparison {
            public Only {
                fields = List.copyOf(fields);
                former = List.copyOf(former);
                if (fields.isEmpty()) {
                    throw new IllegalArgumentException("at least one field must be compared");
                }
            }

            /** Fields that never had another name. */
            public Only(List<FieldPath> fields) {
                this(fields, List.of());
            }
        }

        /** A site renamed a field: the value is the same, and so is the item. */
        record FormerName(FieldPath present, FieldPath former) implements Serializable {}

        /** Every field but these and what lies within them. */
        record AllBut(List<FieldPath> fields) implements Comparison {
            public AllBut {
                fields = List.copyOf(fields);
            }
        }
    }

    /**
     * How the change log is written.
     *
     * @param partitions how many the topic is created with; the job's parallelism must divide it
     * @param commitEvery the longest a change waits for its transaction to be committed
     * @param commitRecords the most changes in one transaction
     */
    public record Log(int partitions, Duration commitEvery, int commitRecords) implements Serializable {
        public static final Log DEFAULT = new Log(2, Duration.ofMillis(5), 5_000);

        public Log {
            if (partitions < 1 || commitRecords < 1 || commitEvery.isNegative() || commitEvery.isZero()) {
                throw new IllegalArgumentException("partitions, commitEvery and commitRecords must be above 0");
            }
        }
    }
}
