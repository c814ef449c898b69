package io.leat.job;

/**
 * The names of the job's own figures, in the metric group {@link #GROUP} of the operator that counts them. Public: panels,
 * dashboards and alerts are built on them.
 */
public final class FeedMetrics {

    /** The group: a metric's full scope is the operator's, then {@code leat}. */
    public static final String GROUP = "leat";

    /** Counter: scrapes read. */
    public static final String IN = "in";
    /** Counter: refused. */
    public static final String DEAD = "dead";
    /** Counter: told. */
    public static final String CHANGED = "changed";
    /** Counter: newer, nothing that counts differs. */
    public static final String UNCHANGED = "unchanged";
    /** Counter: older than what is known, or a repeat. */
    public static final String STALE = "stale";
    /** Counter: stale ones that show other values than one of the same key and moment, without {@code time.tie_break}. */
    public static final String TIED = "tied";
    /** Counter: the first of its key, remembered silently. */
    public static final String SEEDED = "seeded";
    /** Counter: a debounced field differs, but not for long enough. */
    public static final String UNSETTLED = "unsettled";
    /** Counter: implausible, waits to be confirmed. */
    public static final String HELD = "held";
    /** Counter: keys told as gone. No scrapes, so no part of the balance. */
    public static final String GONE = "gone";
    /** Counter: keys whose memory was freed. No scrapes, so no part of the balance. */
    public static final String FORGOTTEN = "forgotten";
    /** Counter: what people said of held scrapes. No scrapes themselves, so no part of the balance. */
    public static final String RULED = "ruled";
    /** Counter: put aside because a newer one of the key had been let go before it came. */
    public static final String LATE = "late";
    /** Gauge: records that wait for older ones of their key. */
    public static final String WAITING = "waiting";
    /** Gauge: what waits for event time to come, so that it can be told which keys are gone. */
    public static final String PENDING = "pending";
    /** Gauge, milliseconds: how long records wait; of the source that needs most. Also in {@link #SOURCE} of each. */
    public static final String WAIT = "waitMillis";
    /** The subgroup's name; its value is the source. */
    public static final String SOURCE = "source";
    /** Counter, since the job's start: items that came too late for any span of a window. */
    public static final String WINDOW_LATE = "windowLate";
    /** Gauge, milliseconds since 1970: up to when windows are complete; {@link Long#MIN_VALUE} before the first. */
    public static final String WINDOW_TIME = "windowTimeMillis";
    /** Histogram, milliseconds: from extraction to the change being committed in the log. */
    public static final String LATENCY = "latencyMillis";
    /** Histogram, milliseconds: from the scrape's append to the change being committed in the log; of those nobody waited with. */
    public static final String LOGGING = "loggingMillis";
    /** Gauge, milliseconds since 1970: the newest event time read; {@link Long#MIN_VALUE} before the first. */
    public static final String EVENT_TIME = "eventTimeMillis";
    /** Gauge, milliseconds: how old the scrape with the newest event time was when the broker took it; 0 before the first. */
    public static final String EVENT_AGE = "eventAgeMillis";

    /** Gauge of {@link SitesTold.Figures}: changes told of each site. For reporters in the same process. */
    public static final String SITES_TOLD = "sitesTold";

    /** Counter: bytes of the scrapes that were read. */
    public static final String BYTES = "bytes";

    /** Gauge of {@link SiteFigures}: what is known of the sites, at the last look. For reporters in the same process. */
    public static final String SITES = "sites";

    /** Gauge, in the subgroup {@link #PARTITION} of each raw partition: the next offset to read there. */
    public static final String NEXT_OFFSET = "nextOffset";
    /** The subgroup's name; its value is the partition's number. */
    public static final String PARTITION = "partition";

    private FeedMetrics() {}
}
