package io.leat.format.feedfile;

/** {@code changes}: what counts as a change. */
enum ChangesKey implements FeedKey {
    CHANGES(
            "changes",
            "block",
            "every field but the time counts",
            "{compare: [record.price]}",
            "Which fields tell a change: `compare` or `ignore`, not both."),
    COMPARE(
            "changes.compare",
            "field path, or list of them",
            "none",
            "[record.price]",
            "Only these fields tell a change. Of a running feed they may be [changed](../changing-a-feed.md), as may all but the key."),
    IGNORE(
            "changes.ignore",
            "field path, or list of them",
            "none",
            "[record.votes]",
            "Every field tells a change but these and what lies within them. `time.field` and `time.tie_break` are"
                    + " always ignored."),
    FORMERLY(
            "changes.formerly",
            "block of field paths",
            "none",
            "{record.price: [record.price_usd]}",
            "Earlier names of compared fields, tried in this order where the present one is absent: a renamed field is"
                    + " not a change. A former name is normalized as the present one is."),
    TOLERANCE(
            "changes.tolerance",
            "block of numbers, with or without `%`",
            "none: every difference counts",
            "{record.price: 0.5%}",
            "How far a number may stray from the last value *told* before that is worth telling; exactly so far is"
                    + " not. Small steps add up, so they cannot creep away. A value that is no number on both sides counts"
                    + " if it differs. What is told tells every difference, small ones too."),
    DEBOUNCE(
            "changes.debounce",
            "block of durations, 1ms to 3650d",
            "none: told at once",
            "{record.in_stock: 10m}",
            "For flapping fields. A new value is told by the first scrape that still shows it this long after the"
                    + " first that showed it, both by event time; a scrape in between that shows another one starts anew."
                    + " If a field without `debounce` changes as well, everything is told at once."),
    FINGERPRINT(
            "changes.fingerprint",
            "field path, or list of them",
            "none",
            "[record.title]",
            "Texts in which white space, letter case and Unicode form (NFKC) do not tell a change."),
    FIRST_SEEN(
            "changes.first_seen",
            "`emit` or `seed`",
            "emit",
            "seed",
            "The first scrape of a key is told as `new`, or remembered silently: then its first change is told as"
                    + " `update` with `seq` 1."),
    HOLD(
            "changes.hold",
            "block of blocks",
            "none: every value is told",
            "{record.price: {ratio: [0.2, 5], unit_flip: true}}",
            "Numbers too strange to be told on one scrape's word. Such a scrape is held in `<feed>.held` and told when"
                    + " a later one shows the same (within the field's tolerance) in `confirm_within`, or when a person"
                    + " releases it with `leat held`. A plausible scrape in between replaces it."),
    HOLD_RATIO(
            "changes.hold[].ratio",
            "list of two numbers",
            "none",
            "[0.2, 5]",
            "The least and the greatest plausible share of the last value told, or of its average: see `of`."),
    HOLD_OF(
            "changes.hold[].of",
            "`last` or `average`",
            "last",
            "last",
            "What `ratio` is a share of: the last value told, or the moving average of the values told, if `average`"
                    + " names the field. The value told last is always plausible."),
    HOLD_FLOOR("changes.hold[].floor", "number", "none", "0.01", "The least plausible value."),
    HOLD_CEILING("changes.hold[].ceiling", "number", "none", "100000", "The greatest plausible value."),
    HOLD_UNIT_FLIP(
            "changes.hold[].unit_flip",
            "`true` or `false`",
            "false",
            "true",
            "Whether 98 to 102 times the last value told, or as small a part of it, is implausible: cents taken for"
                    + " units."),
    CONFIRM_WITHIN(
            "changes.confirm_within",
            "duration, 1ms to 3650d",
            "24h",
            "6h",
            "How long, by event time, a held scrape waits for one that agrees. Longer than the time between two"
                    + " scrapes."),
    AVERAGE(
            "changes.average",
            "block of durations, 1s to 3650d",
            "none: no averages",
            "{record.price: 30d}",
            "Numbers of which a moving average is kept, and its half-life. Each value told counts for as long as it"
                    + " stood, by event time; what lies a half-life back counts half. Changes carry it as `average`,"
                    + " without the new value, so that conditions of `sinks` can use it: `after.record.price < 0.8 *"
                    + " average.record.price`."),
    GONE_AFTER(
            "changes.gone_after",
            "duration, 1s to 3650d",
            "never",
            "48h",
            "A key that was not seen for so long, by event time, is told as `gone`, if its site's coverage was normal"
                    + " (see `gone.coverage`). When it appears again it is told as `back`. Looked at eight times in the"
                    + " span."),
    GONE(
            "changes.gone",
            "block",
            "see below",
            "{crawl_end: {field: event, value: done, started: began_at}}",
            "What a site is, and when its keys may be told as gone."),
    GONE_BY(
            "changes.gone.by",
            "field path",
            "none: all keys are of one site",
            "k",
            "The field of the key that names its site."),
    GONE_COVERAGE(
            "changes.gone.coverage",
            "percentage",
            "50%",
            "80%",
            "The least share of a site's keys that must have been seen, in `gone_after` or since the crawl began,"
                    + " before any of the others is told as gone: a blocked crawl delists nothing, even if it says that it"
                    + " is complete."),
    GONE_CRAWL_END(
            "changes.gone.crawl_end",
            "block",
            "none",
            "{field: event, value: done, started: began_at}",
            "How a record says that a complete crawl has ended. It is no scrape. A minute of event time later every"
                    + " key of the site that was not seen since the crawl began is told as gone, if the crawl saw the"
                    + " site's `coverage`."),
    CRAWL_END_FIELD("changes.gone.crawl_end.field", "field path", "required", "event", "Where the mark stands."),
    CRAWL_END_VALUE("changes.gone.crawl_end.value", "text", "required", "done", "The text that marks the end."),
    CRAWL_END_STARTED(
            "changes.gone.crawl_end.started",
            "field path",
            "required",
            "began_at",
            "When the crawl began, written like `time.field`, which says when it ended."),
    CRAWL_END_SITE(
            "changes.gone.crawl_end.site", "field path", "none", "k", "The site crawled, where `gone.by` names one."),
    EXPIRE_AFTER(
            "changes.expire_after",
            "duration, 1s to 3650d",
            "never",
            "30d",
            "A key that was not seen for longer, by event time, is forgotten: should it return, it is told as `new`"
                    + " and its `seq` begins at 1 again, with another `first_seen`. A key that is seen is never told again"
                    + " because of it. Memory is freed after twice the time; a scrape of a key that is not known is stale if it"
                    + " is so old that it may have been told before.");

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts
    private final FeedKey.Text text;

    ChangesKey(String path, String type, String fallback, String example, String meaning) {
        text = new FeedKey.Text(path, type, fallback, example, meaning);
    }

    @Override
    public FeedKey.Text text() {
        return text;
    }
}
