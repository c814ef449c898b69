package io.leat.format.feedfile;

/** {@code sinks[].postgres}. */
enum PostgresKey implements FeedKey {
    POSTGRES(
            "sinks[].postgres",
            "block",
            "none",
            "{url: \"postgresql://db.example.com/shop\", user: leat, password: \"${PG_PASSWORD}\", table: prices, create: true}",
            "The last change of every key is kept in a table, and every change in another if you like: see"
                    + " [postgres](../sinks/postgres.md)."),
    URL(
            "sinks[].postgres.url",
            "text",
            "required",
            "\"postgresql://db.example.com:5432/shop?sslmode=verify-full\"",
            "Which database. The options `sslmode`, `sslrootcert`, `sslcert` and `sslkey` pass through. Whoever writes the feed"
                    + " file vouches for it: private addresses are allowed."),
    USER("sinks[].postgres.user", "text", "required", "leat", "Who writes."),
    PASSWORD(
            "sinks[].postgres.password",
            "text",
            "none",
            "\"${PG_PASSWORD}\"",
            "Proves who writes. It is shown nowhere."),
    TABLE(
            "sinks[].postgres.table",
            "text",
            "required",
            "shop.prices",
            "The table with a row for every key, with or without its schema."),
    HISTORY("sinks[].postgres.history", "text", "none", "shop.price_history", "The table with a row for every change."),
    COLUMNS(
            "sinks[].postgres.columns",
            "block of names and field paths into the change",
            "the fields of the key and those of `changes.compare`; with no such list, `item`, the whole item",
            "{price: after.price, seen: {from: last_seen, type: timestamptz}}",
            "Columns beside those that every table has. A number in a path is a place in a list: `key.0`."),
    COLUMN_FROM(
            "sinks[].postgres.columns[].from",
            "field path",
            "required",
            "after.price",
            "Where in the change it stands."),
    COLUMN_TYPE(
            "sinks[].postgres.columns[].type",
            "`text`, `numeric`, `bigint`, `integer`, `double`, `boolean`, `timestamptz`, `date` or `jsonb`",
            "what the contract and `normalize` say, else `jsonb`",
            "numeric",
            "What the column holds. A value that does not fit is not rounded or cut: the change goes to the dead letters of"
                    + " this client."),
    GONE(
            "sinks[].postgres.gone",
            "`mark` or `delete`",
            "mark",
            "delete",
            "What becomes of the row of a key that is gone or was reset: it stays as it was and says so in `leat_gone`, or is"
                    + " deleted."),
    CREATE(
            "sinks[].postgres.create",
            "`true` or `false`",
            "false",
            "true",
            "Whether tables and columns that are missing are made; otherwise `leat check` prints what makes them.");

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts
    private final FeedKey.Text text;

    PostgresKey(String path, String type, String fallback, String example, String meaning) {
        text = new FeedKey.Text(path, type, fallback, example, meaning);
    }

    @Override
    public FeedKey.Text text() {
        return text;
    }
}
