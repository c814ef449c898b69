package io.leat.format.feedfile;

/** What a feed watches, writes, refuses and holds while it runs. */
enum EngineKey implements FeedKey {
    WATCH(
            "watch",
            "block",
            "nothing is watched",
            "{by: source}",
            "Tells in `<feed>.alerts` when a field of one site starts to be refused, goes missing, turns empty or"
                    + " changes its type, when a site falls silent or sends far less or more than it used to, and when that is"
                    + " over. A field is judged once its site has been seen for a day"
                    + " and 300 records, or for 10,000 records."),
    WATCH_BY("watch.by", "field path", "required", "source", "The field that names a scrape's site."),
    WATCH_EXPECT(
            "watch.expect",
            "`every` and a duration, 1s to 365d, or a block of them by site",
            "learned",
            "every 6h",
            "How often a site sends at least. It is told to be silent when half as much time again has passed, 5 s at"
                    + " least. Where nothing is declared that is learned: for a day, 20 gaps and three times the longest"
                    + " gap, then twice the longest gap tells."),
    WATCH_RUN(
            "watch.run",
            "list of texts",
            "nothing is run",
            "[./rotate-proxy, \"{site}\"]",
            "A command that `leat run` runs when an alert opens, without a shell: `{site}`, `{alert}`, `{state}`, `{id}`,"
                    + " `{feed}`, `{field}` and `{what}` stand for what the alert says. Where it has no such thing, or a site's"
                    + " name would be read as an option, it is not run. One at a time, 30 s at most, at most one a second; what"
                    + " it prints is not kept."),
    WATCH_TO(
            "watch.to",
            "list of names of webhooks, among `sinks` or made at run time",
            "nobody",
            "[ops]",
            "Webhooks that `leat run` posts the feed's alerts to, signed and tried again as changes are: `alert.started`,"
                    + " `alert.worse`, `alert.over`. One that is made at run time hears of what comes from then on, until it is"
                    + " deleted; pausing a webhook stops its changes, not its alerts."),
    WATCH_QUIET(
            "watch.quiet",
            "block",
            "never",
            "{from: \"22:00\", to: \"06:00\"}",
            "Hours of every day in which `watch.run`, `watch.to` and Alertmanager hear of nothing new. What is still open"
                    + " afterwards is told then; the topic has every alert at once."),
    WATCH_QUIET_FROM("watch.quiet.from", "time of day", "required", "\"22:00\"", "When they begin."),
    WATCH_QUIET_TO("watch.quiet.to", "time of day", "required", "\"06:00\"", "When they are over."),
    WATCH_QUIET_ZONE(
            "watch.quiet.zone", "time zone", "UTC", "Europe/Berlin", "The time zone by whose wall clock that is."),
    LOG("log", "block", "see below", "{partitions: 4}", "How the change log is written."),
    LOG_PARTITIONS(
            "log.partitions",
            "whole number, 1 to 10000",
            "2",
            "4",
            "How many partitions the change log is created with. The job's parallelism must divide it."),
    LOG_COMMIT_EVERY(
            "log.commit_every",
            "duration, 1ms to 30s",
            "5ms",
            "20ms",
            "The longest a change waits for its commit to begin. While commits themselves take longer, as on a busy"
                    + " broker, twice their time lies between two, up to 50 ms."),
    LOG_COMMIT_RECORDS(
            "log.commit_records", "whole number, 1 to 1000000", "5000", "1000", "The most changes in one transaction."),
    LIMITS(
            "limits",
            "block",
            "see below",
            "{depth: 16}",
            "How much of a scrape is read before it is refused. Each limit has a code of its own in the dead letter."),
    LIMITS_BYTES("limits.bytes", "whole number, 2 to 1048576", "1048576", "65536", "The most bytes of a record."),
    LIMITS_DEPTH(
            "limits.depth", "whole number, 1 to 256", "64", "16", "The most objects and arrays within one another."),
    LIMITS_TOKENS(
            "limits.tokens", "whole number, 2 to 1048576", "250000", "10000", "The most names and values of a record."),
    LIMITS_NAME("limits.name", "whole number, 1 to 65536", "256", "64", "The most characters of a member's name."),
    LIMITS_STRING("limits.string", "whole number, 1 to 1048576", "262144", "10000", "The most characters of a text."),
    LIMITS_NUMBER(
            "limits.number",
            "whole number, 1 to 1000",
            "100",
            "20",
            "The most digits of a number, those of its exponent included."),
    LIMITS_DUPLICATES(
            "limits.duplicates",
            "`refuse` or `last`",
            "refuse",
            "last",
            "What becomes of a record that has a name twice in one object: it is refused, or the last one counts."),
    STATE(
            "state",
            "`memory`, `disk`, or block",
            "memory",
            "disk",
            "Where what is known of the keys is held while the job runs. A word alone means `state.in`."),
    STATE_IN(
            "state.in",
            "`memory` or `disk`",
            "memory",
            "disk",
            "On the heap, the fastest as long as it fits, or in RocksDB. What is told is the same."),
    STATE_LIMIT(
            "state.limit",
            "size: whole number and `KB`, `MB`, `GB` or `TB`",
            "none",
            "4GB",
            "How large the state may grow, measured as the last checkpoint holds it; the heap takes several times"
                    + " that. From three quarters of it on an alarm stands in the panel, in the log file and in"
                    + " `<feed>.alerts`, as it does for the heap and for the disk. Nothing is stopped."),
    WATCH_SILENCE("watch.silence"),
    WATCH_DROP("watch.drop");

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts
    private final FeedKey.Text text;

    EngineKey(String path) {
        this(path, "", "", "", "");
    }

    EngineKey(String path, String type, String fallback, String example, String meaning) {
        text = new FeedKey.Text(path, type, fallback, example, meaning);
    }

    @Override
    public FeedKey.Text text() {
        return text;
    }
}
