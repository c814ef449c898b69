package io.leat.format.feedfile;

/** {@code sinks}: what all of them have. */
enum SinkKey implements FeedKey {
    SINKS(
            "sinks",
            "list of blocks",
            "none",
            "[{name: client-04, webhook: {url: \"https://example.com/hook\", secret: \"${CLIENT_04_SECRET}\"}}]",
            "Where changes are delivered to, each at its own pace."),
    NAME(
            "sinks[].name",
            "text",
            "required",
            "client-04",
            "1 to 63 of `a-z`, `0-9` and `-`. How far the client is, is kept under this name."),
    WHERE(
            "sinks[].where",
            "text",
            "every change",
            "\"after.price < 50\"",
            "A condition in CEL over the fields of the change record. All numbers are exact decimals of one kind: 7 /"
                    + " 2 is 3.5, and an endless quotient has 34 digits. A change it has no answer for, because something"
                    + " is absent, null or of another kind, is not told, but counted, and listed among the attempts as"
                    + " `unanswered`."),
    FIELDS(
            "sinks[].fields",
            "field path, or list of them",
            "the whole change",
            "[after.price, before.price]",
            "What is told of a change, besides `id`, `feed`, `key`, `seq` and `op`."),
    CATCH_UP(
            "sinks[].catch_up",
            "`all` or `latest`",
            "all",
            "latest",
            "What a client gets that was away or slow: every change, or of the changes of one key that wait the"
                    + " newest."),
    FROM(
            "sinks[].from",
            "`earliest` or `now`",
            "earliest",
            "now",
            "Where a new client begins: with the oldest change that is kept, or with what is told from now on.");

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts
    private final FeedKey.Text text;

    SinkKey(String path, String type, String fallback, String example, String meaning) {
        text = new FeedKey.Text(path, type, fallback, example, meaning);
    }

    @Override
    public FeedKey.Text text() {
        return text;
    }
}
