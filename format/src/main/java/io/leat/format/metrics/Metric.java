package io.leat.format.metrics;

import java.util.List;

/**
 * Everything that {@code /metrics} may show. Public API, see docs/reference/metrics.md: dashboards and rules are built on
 * these names. Times are in seconds, sizes in bytes, shares from 0 to 1.
 */
public enum Metric {
    SCRAPES("leat_scrapes_total", Kind.COUNTER, "Scrapes read from the raw topic.", "feed"),
    SCRAPE_BYTES("leat_scrape_bytes_total", Kind.COUNTER, "Bytes of these scrapes.", "feed"),
    DECIDED(
            "leat_scrapes_decided_total",
            Kind.COUNTER,
            "What became of them: `changed` was told, `unchanged`, `stale`, `seeded`, `unsettled` and `held` were not,"
                    + " `late` came too late, `dead` was refused.",
            "feed",
            "result"),
    WAITING("leat_scrapes_waiting", Kind.GAUGE, "Scrapes that were read and wait for older ones.", "feed"),
    TIED(
            "leat_scrapes_tied_total",
            Kind.COUNTER,
            "Stale scrapes that show other values than one of the same key and moment.",
            "feed"),
    UNREAD("leat_unread_records", Kind.GAUGE, "Records of the raw topic that have not been read.", "feed"),
    BEHIND(
            "leat_unread_seconds",
            Kind.GAUGE,
            "How long ago the broker took the oldest of them; 0 if all has been read.",
            "feed"),
    EVENT_LAG(
            "leat_event_lag_seconds",
            Kind.GAUGE,
            "How far the newest event time is behind the clock. Absent while a recording is read.",
            "feed"),
    BUSY("leat_job_busy_ratio", Kind.GAUGE, "The share of the last second in which the busiest stage worked.", "feed"),
    BACKPRESSURED(
            "leat_job_backpressured_ratio",
            Kind.GAUGE,
            "The share of the last second in which the most hindered stage waited for the next, or for the change log.",
            "feed"),
    RUNNING("leat_job_running", Kind.GAUGE, "1 while the job runs, 0 while it does not.", "feed"),
    RESTARTS("leat_job_restarts_total", Kind.COUNTER, "How often the job began again by itself.", "feed"),
    APPEND_LATENCY(
            "leat_append_to_log_seconds",
            Kind.HISTOGRAM,
            "From when the broker took a scrape to its change being visible in the log. Scrapes that waited for older ones"
                    + " are left out.",
            "feed"),
    AGE(
            "leat_extraction_to_log_seconds",
            Kind.HISTOGRAM,
            "From when a scrape was extracted to its change being visible in the log: how old the news is.",
            "feed"),
    CHECKPOINTS("leat_checkpoints_total", Kind.COUNTER, "Checkpoints completed by this run.", "feed"),
    CHECKPOINT_AGE("leat_checkpoint_age_seconds", Kind.GAUGE, "How long ago the last one was complete.", "feed"),
    CHECKPOINT_TIME("leat_checkpoint_duration_seconds", Kind.GAUGE, "How long the last one took.", "feed"),
    STATE("leat_state_bytes", Kind.GAUGE, "How large the job's state is in it.", "feed"),
    HEAP_USED("leat_heap_used_bytes", Kind.GAUGE, "Heap of the process in use, garbage with it."),
    HEAP_CLEARED("leat_heap_cleared_bytes", Kind.GAUGE, "What was in use when the last collection was over."),
    HEAP_LIMIT("leat_heap_limit_bytes", Kind.GAUGE, "What the heap may grow to."),
    DATA("leat_data_bytes", Kind.GAUGE, "What the data directory takes."),
    DISK_FREE("leat_disk_free_bytes", Kind.GAUGE, "What is left on its disk."),
    SITE_RECORDS(
            "leat_source_records_total",
            Kind.COUNTER,
            "Records of a site since the watch first saw it. The busiest sites by name, the rest together as `other`.",
            "feed",
            "source"),
    SITE_REFUSED("leat_source_refused_total", Kind.COUNTER, "How many of them were refused.", "feed", "source"),
    SITE_BYTES("leat_source_bytes_total", Kind.COUNTER, "Bytes of a site's records.", "feed", "source"),
    SITE_TOLD(
            "leat_source_changes_total",
            Kind.COUNTER,
            "Changes told of a site since the job began last. The share of its records that told nothing is suppressed.",
            "feed",
            "source"),
    SITE_SILENT(
            "leat_source_silent_seconds",
            Kind.GAUGE,
            "How long nothing has come from a site, up to when the raw topic was last read to its end.",
            "feed",
            "source"),
    SITE_TO_TELL(
            "leat_source_time_to_tell_seconds",
            Kind.GAUGE,
            "After how long without a record the site is told to be silent. Absent while that is being learned.",
            "feed",
            "source"),
    ALERTS("leat_alerts_open", Kind.GAUGE, "Alerts about sites that are open, by kind.", "feed", "kind"),
    SINK_TAKEN(
            "leat_sink_changes_total",
            Kind.COUNTER,
            "Changes of the log that this process took up for a subscription.",
            "feed",
            "sink"),
    SINK_DONE(
            "leat_sink_done_total",
            Kind.COUNTER,
            "What became of them: `delivered`; `undelivered` was given up and lies among what can be sent again;"
                    + " `filtered` was not asked for; `folded` gave way to a newer one of its key; `returned` was left to"
                    + " whoever serves the partition next.",
            "feed",
            "sink",
            "result"),
    SINK_BYTES(
            "leat_sink_delivered_bytes_total",
            Kind.COUNTER,
            "Bytes of the changes delivered, as they stand in the log.",
            "feed",
            "sink"),
    SINK_LATENCY(
            "leat_log_to_sink_seconds",
            Kind.HISTOGRAM,
            "From when the broker appended a change to its delivery.",
            "feed",
            "sink"),
    SINK_AGE(
            "leat_extraction_to_sink_seconds",
            Kind.HISTOGRAM,
            "From when a scrape was extracted to the delivery of its change. What was told more than an hour after its"
                    + " extraction is left out: a recording.",
            "feed",
            "sink"),
    SINK_WAITING("leat_sink_waiting", Kind.GAUGE, "Changes taken up that wait or are under way.", "feed", "sink"),
    SINK_LANES(
            "leat_sink_partitions",
            Kind.GAUGE,
            "Partitions of the log that this process serves to it.",
            "feed",
            "sink"),
    SINK_RESTING(
            "leat_sink_resting_partitions",
            Kind.GAUGE,
            "Those of them in which its end is left alone for a while, because it answers nothing well.",
            "feed",
            "sink"),
    SINK_UNANSWERED(
            "leat_webhook_unanswered_changes_total",
            Kind.COUNTER,
            "Changes not told because the subscription's condition had no answer for them.",
            "feed",
            "subscription"),
    CONNECTIONS("leat_gateway_connections", Kind.GAUGE, "Open connections."),
    STREAMS("leat_gateway_streams", Kind.GAUGE, "Open streams of changes."),
    INGEST_HELD("leat_gateway_ingest_held_bytes", Kind.GAUGE, "Bytes of request bodies held in memory."),
    INGESTED("leat_gateway_ingested_records_total", Kind.COUNTER, "Scrapes that the log has acknowledged."),
    WORK_ALIVE(
            "leat_gateway_work_alive",
            Kind.GAUGE,
            "Whether long-lived work is at work: 0 from its death until it is started again.",
            "work"),
    WORK_DEATHS(
            "leat_gateway_work_deaths_total",
            Kind.COUNTER,
            "How often long-lived work has died and been started again.",
            "work");

    /** How the values of a metric behave. */
    public enum Kind {
        /** It only grows, until the process ends. */
        COUNTER,
        /** It comes and goes. */
        GAUGE,
        /** Counts by size, with their sum. */
        HISTOGRAM
    }

    /** Sites told by name; the others share one series. */
    public static final int MOST_SITES = 50;
    /** The name they share. */
    public static final String OTHER = "other";

    private final String title;
    private final Kind kind;
    private final String meaning;
    private final String labels;

    Metric(String title, Kind kind, String meaning, String... labels) {
        this.title = title;
        this.kind = kind;
        this.meaning = meaning;
        this.labels = String.join(" ", labels);
    }

    /** Its name, as it is exposed. */
    public String title() {
        return title;
    }

    public Kind kind() {
        return kind;
    }

    /** One or two sentences. */
    public String meaning() {
        return meaning;
    }

    /** The names of its labels, in order. */
    public List<String> labels() {
        return labels.isEmpty() ? List.of() : List.of(labels.split(" "));
    }
}
