package io.leat.format.feedfile;

import io.leat.core.delivery.Postgres;
import io.leat.core.delivery.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code sinks[].postgres}. */
final class PostgresSection {

    private final Values values;
    private final Problems problems;
    private final SinkWords words;
    private final ColumnsSection columns;

    PostgresSection(Values values, Problems problems, SinkWords words, ColumnsSection columns) {
        this.values = values;
        this.problems = problems;
        this.words = words;
        this.columns = columns;
    }

    /** The tables, {@code null} if there are none: that has been reported. */
    @Nullable
    Postgres read(Node node) {
        Section postgres = values.section(node, PostgresKey.POSTGRES.path());
        if (postgres == null) {
            return null;
        }
        Node urlNode = postgres.required(PostgresKey.URL);
        String url = urlNode == null ? null : url(urlNode);
        Node userNode = postgres.required(PostgresKey.USER);
        String user = userNode == null ? null : text(userNode);
        String password = text(postgres.get(PostgresKey.PASSWORD));
        Node tableNode = postgres.required(PostgresKey.TABLE);
        Postgres.Table table = table(tableNode);
        Node historyNode = postgres.get(PostgresKey.HISTORY);
        Postgres.Table history = table(historyNode);
        List<Postgres.Column> all = columns.read(postgres.get(PostgresKey.COLUMNS), node);
        Postgres.Gone gone =
                words.choice(postgres.get(PostgresKey.GONE), "gone", Postgres.Gone.values(), Postgres.Gone.MARK);
        boolean create = words.yes(postgres.get(PostgresKey.CREATE));
        if (table != null && historyNode != null && table.equals(history)) {
            problems.add(
                    historyNode,
                    ProblemCode.BAD_TABLE,
                    "The history needs a table of its own.",
                    "Name it, for example, %s_history.".formatted(table.name()));
            return null;
        }
        return url == null || user == null || table == null || all == null || historyNode != null && history == null
                ? null
                : new Postgres(
                        url,
                        new Postgres.Login(user, password == null ? null : new Secret(password)),
                        table,
                        history,
                        all,
                        gone,
                        create);
    }

    /** Never quoted: people write passwords into addresses. */
    private @Nullable String url(Node node) {
        Text text = values.text(node);
        if (text == null || Postgres.isUrl(text.value())) {
            return text == null ? null : text.value();
        }
        String lower = text.value().toLowerCase(java.util.Locale.ROOT);
        boolean login = lower.contains("@") || lower.contains("password=") || lower.contains("user=");
        problems.add(
                node,
                ProblemCode.BAD_POSTGRES_URL,
                login
                        ? "An address holds no user and no password."
                        : "This is no address of a Postgres database that can be used.",
                login
                        ? "Write them beside it: user: leat, password: \"${PG_PASSWORD}\"."
                        : "Write it like postgresql://db.example.com:5432/shop?sslmode=verify-full; of the options,"
                                + " sslmode, sslrootcert, sslcert and sslkey are known here.");
        return null;
    }

    private Postgres.@Nullable Table table(@Nullable Node node) {
        Text text = node == null ? null : values.text(node);
        if (node == null || text == null) {
            return null;
        }
        try {
            return Postgres.Table.parse(text.value());
        } catch (IllegalArgumentException e) {
            problems.add(
                    node,
                    ProblemCode.BAD_TABLE,
                    "A table's name cannot be " + text.shown() + ".",
                    "Write it like prices or shop.prices: letters, digits and '_', not beginning with 'leat_'.");
            return null;
        }
    }

    private @Nullable String text(@Nullable Node node) {
        Text text = node == null ? null : values.text(node);
        return text == null ? null : text.value();
    }
}
