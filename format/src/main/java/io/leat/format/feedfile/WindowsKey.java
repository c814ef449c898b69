package io.leat.format.feedfile;

/** {@code windows}: what is told of spans of event time. */
enum WindowsKey implements FeedKey {
    WINDOWS(
            "windows",
            "list of blocks",
            "none",
            "[{name: hourly, every: 1h, by: [source], values: {avg_price: avg(price), n: count()}}]",
            "Figures over spans of event time, told in `<feed>.windows`. They count every scrape that is an item, a"
                    + " repeat too."),
    NAME("windows[].name", "1 to 63 of `a-z`, `0-9`, `-` and `_`", "required", "hourly", "Told with every result."),
    EVERY(
            "windows[].every",
            "duration, 1s to 365d",
            "required",
            "1h",
            "How long a span is. Spans begin at whole multiples of it since 1970, in UTC."),
    SLIDE(
            "windows[].slide",
            "duration",
            "as `every`",
            "5m",
            "How far apart spans begin, for spans that overlap. It divides `every`, at most 288 times."),
    ALLOWED_LATENESS(
            "windows[].allowed_lateness",
            "duration, 0ms to 30d",
            "0ms",
            "10m",
            "For how long after its end a span is corrected. What comes after that is counted, and changes no span."),
    BY(
            "windows[].by",
            "field path, or list of them",
            "none: one figure for the whole feed",
            "[source]",
            "Items with the same values of these fields share a figure."),
    VALUES(
            "windows[].values",
            "block of names and what they are computed from",
            "required",
            "{avg_price: avg(price), n: count()}",
            "One of `count()`, `count(field)`, `sum`, `avg`, `min`, `max`, `first`, `last`, `distinct` and `rate`,"
                    + " each of a field. `distinct` is exact for few values and within about 2 % for many; `rate` is the"
                    + " share by which the newest number differs from the oldest. A value of more than 64 KiB is told as"
                    + " an object with its `bytes` and `sha256`.");

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts
    private final FeedKey.Text text;

    WindowsKey(String path, String type, String fallback, String example, String meaning) {
        text = new FeedKey.Text(path, type, fallback, example, meaning);
    }

    @Override
    public FeedKey.Text text() {
        return text;
    }
}
