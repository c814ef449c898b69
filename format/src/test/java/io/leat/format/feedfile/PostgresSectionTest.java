package io.leat.format.feedfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.delivery.Postgres;
import io.leat.core.delivery.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresSectionTest {

    private static final String PASSWORD = "canary-word";
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PW", PASSWORD, "URL", "postgresql://leat:" + PASSWORD + "@db/shop");
    private static final String SINK = "sinks: [{name: w, postgres: {url: 'postgresql://db.example.com:5432/shop',"
            + " user: leat, password: \"${PW}\", table: shop.prices%s}}]\n";

    @TempDir
    private Path directory;

    @Test
    void tablesAreReadWithTheirTerms() throws IOException {
        Subscription sink = read("key: k\ntime: at\n"
                        + SINK.formatted(", history: shop.h, gone: delete, create: true, columns: {price:"
                                + " after.price, seen: {from: last_seen}, n: {from: after.n, type: double}}"))
                .sinks()
                .get(0);
        Postgres postgres = (Postgres) sink.sink();
        assertThat(postgres.table()).hasToString("shop.prices");
        assertThat(postgres.history()).hasToString("shop.h");
        assertThat(postgres.gone()).isEqualTo(Postgres.Gone.DELETE);
        assertThat(postgres.create()).isTrue();
        assertThat(postgres.login().password().text()).isEqualTo(PASSWORD);
        assertThat(sink.toString()).doesNotContain(PASSWORD);
        assertThat(columns(postgres))
                .containsExactly("price after.price jsonb", "seen last_seen timestamptz", "n after.n double");
    }

    @Test
    void columnsAndTypesComeFromKeyComparisonContractAndNormalizers() throws IOException {
        Files.writeString(
                directory.resolve("c.schema.json"),
                """
                {"type": "object", "properties": {
                  "shop": {"type": "string"},
                  "offer": {"$ref": "#/$defs/offer"},
                  "seen": {"type": ["string", "null"], "format": "date-time"},
                  "tags": {"type": "array"}, "odd": {"type": ["string", "number"]}},
                 "$defs": {"offer": {"type": "object", "properties": {
                  "amount": {"type": ["number", "null"]}, "left": {"type": "integer"}, "new": {"type": "boolean"}}}}}
                """);
        Postgres postgres = (Postgres)
                read("""
                        contract: c.schema.json
                        key: [shop, offer.id]
                        time: at
                        normalize: {price: {as: money, currency: currency}, in_stock: {as: availability}}
                        changes: {compare: [price, currency, in_stock, offer.amount, offer.left, offer.new, seen, tags, odd, Un-Known]}
                        """
                                + SINK.formatted(""))
                        .sinks()
                        .get(0)
                        .sink();
        assertThat(columns(postgres))
                .containsExactly(
                        "shop key.0 text",
                        "id key.1 jsonb",
                        "price after.price numeric",
                        "currency after.currency text",
                        "in_stock after.in_stock text",
                        "amount after.offer.amount numeric",
                        "left after.offer.left bigint",
                        "new after.offer.new boolean",
                        "seen after.seen timestamptz",
                        "tags after.tags jsonb",
                        "odd after.odd jsonb",
                        "un_known after.Un-Known jsonb");
    }

    @Test
    void whereEverythingIsComparedTheItemIsKeptWhole() throws IOException {
        Postgres postgres = (Postgres)
                read("key: k\ntime: at\n" + SINK.formatted("")).sinks().get(0).sink();
        assertThat(columns(postgres)).containsExactly("k key.0 jsonb", "item after jsonb");
    }

    @Test
    void everythingWrongIsToldAtItsPlaceAndNoAddressIsQuoted() throws IOException {
        List<String> problems = problems("key: k\ntime: at\nsinks:\n"
                + "  - {name: a, postgres: {url: \"${URL}\", user: u, table: t}}\n"
                + "  - {name: b, postgres: {url: 'postgresql://db/shop?password=canary-word', user: u, table: t}}\n"
                + "  - {name: c, postgres: {url: 'postgresql://db/shop?socketFactory=canary-word', user: u, table: t}}\n"
                + "  - {name: d, postgres: {url: 'postgresql://db/shop', user: u, table: 't; drop', history: leat_x}}\n"
                + "  - {name: e, postgres: {url: 'postgresql://db/shop', user: u, table: t, history: t}}\n"
                + "  - {name: f, postgres: {url: 'postgresql://db/shop', user: u, table: t, columns: {1x: seq, x: nowhere.x}}}\n"
                + "  - {name: g, postgres: {url: 'postgresql://db/shop', user: u, table: t}, fields: [after.price], gzip: true}\n"
                + "  - {name: h, postgres: {table: t}}\n");
        assertThat(problems.stream().map(problem -> problem.replaceFirst(".*?:(\\d+):.*?(LEAT-\\d+).*", "$1 $2")))
                .containsExactly(
                        "5 LEAT-235",
                        "6 LEAT-235",
                        "7 LEAT-235",
                        "8 LEAT-236",
                        "8 LEAT-236",
                        "9 LEAT-236",
                        "10 LEAT-237",
                        "10 LEAT-237",
                        "11 LEAT-233",
                        "11 LEAT-233",
                        "12 LEAT-113",
                        "12 LEAT-113");
        assertThat(problems.get(0)).contains("password: \"${PG_PASSWORD}\"");
        assertThat(problems.toString()).doesNotContain("canary");
    }

    private static List<String> columns(Postgres postgres) {
        return postgres.columns().stream()
                .map(column -> column.name() + " " + column.from() + " "
                        + column.type().word())
                .toList();
    }

    private FeedFile.Valid read(String text) throws IOException {
        FeedFile.Outcome outcome = outcome(text);
        assertThat(outcome).isInstanceOf(FeedFile.Valid.class);
        return (FeedFile.Valid) outcome;
    }

    private List<String> problems(String text) throws IOException {
        return ((FeedFile.Invalid) outcome(text))
                .problems().stream().map(Object::toString).toList();
    }

    private FeedFile.Outcome outcome(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("feed.yaml"), "feed: f\n" + text);
        return FeedFile.read(file, ENVIRONMENT::get);
    }
}
