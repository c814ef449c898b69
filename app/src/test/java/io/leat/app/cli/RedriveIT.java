package io.leat.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.process.Cli;
import io.leat.testkit.PlainJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Refused scrapes are found, mended and sent again through the real broker and cluster. */
class RedriveIT {

    private static final String STRICT = "{\"type\":\"object\",\"properties\":{\"price\":{\"type\":\"integer\"}}}";
    private static final String MENDED = "{\"type\":\"object\",\"properties\":{\"price\":{\"type\":\"number\"}}}";

    /** The contract refuses decimals by mistake; the last price of c came after one that was refused. */
    private static final List<String> SCRAPES = List.of(
            scrape("a", "10.5", 1),
            scrape("a", "11.5", 2),
            scrape("b", "7", 1),
            scrape("b", "7.25", 2),
            scrape("c", "3.5", 1),
            scrape("c", "4", 2),
            scrape("d", "\"free\"", 1),
            "not json");

    @TempDir
    Path dir;

    private static Cli.Said leat(String... args) {
        Cli.Said said = Cli.run(args);
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        return said;
    }

    private static String scrape(String sku, String price, int minute) {
        return "{\"shop\":\"s1\",\"sku\":\"%s\",\"price\":%s,\"at\":\"2026-02-07T17:%02d:00Z\"}"
                .formatted(sku, price, minute);
    }

    @BeforeEach
    void aFeedWhoseContractIsWrong() throws IOException {
        write(
                "feed.yaml",
                "feed: mend\ncontract: item.schema.json\nkey: [shop, sku]\ntime: at\nchanges: {compare: [price]}\n");
        write("item.schema.json", STRICT);
        write("records.jsonl", String.join("\n", SCRAPES) + "\n");
    }

    @Test
    void aRedriveEndsWithTheChangesOfAContractThatWasRightAtFirst() throws IOException {
        assertThat(run()).contains("\"dead\":6", "\"fed\":8");

        List<JsonNode> groups = dlq("list");
        assertThat(groups.get(0).toString())
                .contains("\"site\":\"s1\"", "\"code\":\"contract_broken\"", "\"field\":\"price\"", "\"count\":5");
        assertThat(groups.get(1).toString()).contains("\"site\":\"-\"", "\"code\":\"not_json\"", "\"count\":1");
        List<JsonNode> letters = dlq("export");
        assertThat(letters).hasSize(6);
        JsonNode last = letters.get(5);
        String shown = leat("dlq", "show", file("feed.yaml"), last.get("id").stringValue(), "--data", file("data"))
                .out();
        assertThat(shown)
                .contains(last.get("value").stringValue(), last.get("code").stringValue());

        write("mended.schema.json", MENDED);
        String[] mended = {"--contract", file("mended.schema.json")};
        assertThat(redrive(mended))
                .isEqualTo("{\"mended\":4,\"sent\":0,\"still_dead\":{\"contract_broken\":1,\"not_json\":1}}");
        assertThat(dlq("export")).as("after the dry run").hasSize(6);
        assertThat(redrive("--contract", file("mended.schema.json"), "--yes")).contains("\"sent\":4");
        assertThat(redrive("--contract", file("mended.schema.json"), "--yes")).contains("\"mended\":0,\"sent\":0");

        write("item.schema.json", MENDED);
        assertThat(redrive("--field", "price", "--fix", "price=double(string(scrape.price).replace(',', '.'))"))
                .contains("\"mended\":0", "\"example\":{", "\"refusal\":\"The expression has no answer");
        assertThat(redrive("--field", "price", "--fix", "price=0", "--first", "1", "--yes"))
                .contains("\"sent\":1", "\"after\":{\"price\":\"0\"}");
        assertThat(run()).contains("\"in\":13", "\"fed\":0");

        List<String> told = changes();
        List<String> due = leat("run", file("feed.yaml"), "--dry-run", file("records.jsonl"), "--json")
                .out()
                .lines()
                .map(RedriveIT::withoutPlace)
                .toList();
        assertThat(of("a", told)).isEqualTo(of("a", due)).hasSize(2);
        assertThat(of("b", told)).isEqualTo(of("b", due)).hasSize(2);
        assertThat(of("c", told))
                .as("moved on before")
                .hasSize(1)
                .first()
                .asString()
                .contains("\"price\":4");
        assertThat(of("d", told)).as("fixed").hasSize(1).first().asString().contains("\"price\":0");
        assertThat(dlq("list")).hasSize(1);
    }

    private String run() {
        return leat(
                        "run",
                        file("feed.yaml"),
                        "--from",
                        file("records.jsonl"),
                        "--until-end",
                        "--port",
                        "0",
                        "--data",
                        file("data"),
                        "--json")
                .out();
    }

    private String redrive(String... more) {
        return dlq(Stream.concat(Stream.of("redrive"), Arrays.stream(more)).toArray(String[]::new))
                .get(0)
                .toString();
    }

    private List<JsonNode> dlq(String command, String... more) {
        String[] args = Stream.concat(
                        Stream.of("dlq", command, file("feed.yaml"), "--data", file("data"), "--json"),
                        Arrays.stream(more))
                .toArray(String[]::new);
        return leat(args)
                .out()
                .lines()
                .map(line -> PlainJson.parse(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private List<JsonNode> dlq(String[] args) {
        return dlq(args[0], Arrays.copyOfRange(args, 1, args.length));
    }

    private List<String> changes() {
        return leat("changes", file("feed.yaml"), "--until-end", "--data", file("data"), "--json")
                .out()
                .lines()
                .map(RedriveIT::withoutPlace)
                .toList();
    }

    /** A change without where its scrape stood: one that was sent again stands elsewhere. */
    private static String withoutPlace(String change) {
        ObjectNode rest = (ObjectNode) PlainJson.parse(change.getBytes(StandardCharsets.UTF_8));
        rest.remove("source");
        return rest.toString();
    }

    private static List<String> of(String sku, List<String> changes) {
        return changes.stream()
                .filter(change -> change.contains("[\"s1\",\"" + sku + "\"]"))
                .toList();
    }

    private String file(String name) {
        return dir.resolve(name).toString();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(dir.resolve(name), text);
    }
}
