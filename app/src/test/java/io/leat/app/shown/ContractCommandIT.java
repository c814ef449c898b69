package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.DataDirectory;
import io.leat.testkit.PlainJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Contracts tried on records and proposed from them, without a trace. */
class ContractCommandIT {

    private static final String OLD = "{\"required\":[\"k\"],\"properties\":{\"price\":{\"type\":\"number\"}}}";
    private static final String NEW =
            "{\"required\":[\"k\"],\"properties\":{\"price\":{\"type\":\"number\",\"minimum\":0},\"k\":{\"minLength\":2}}}";

    @TempDir
    private Path dir;

    private String write(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text, StandardCharsets.UTF_8)
                .toString();
    }

    private static String records() {
        StringBuilder records = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            records.append("{\"k\":\"%s\",\"at\":\"2025-01-01T00:00:00Z\",\"price\":%s}%n"
                    .formatted(i == 3 ? "" : "k" + i, i % 10 == 1 ? "\"call us\"" : i % 10 == 2 ? "-1" : "1.5"));
        }
        return records + "no JSON\n";
    }

    @Test
    void aChangeOfContractIsTriedOnAFileAndToldInPlainWords() throws IOException {
        String old = write("old.schema.json", OLD);
        String now = write("new.schema.json", NEW);
        String file = write("scrapes.jsonl", records());

        Product.Ended ended = Product.within("contract", "check", now, "--old", old, "--records", file);
        assertThat(ended.exit()).as(ended.toString()).isZero();
        assertThat(ended.out())
                .contains(
                        "Not compatible",
                        "price has a new minimum of 0.",
                        "101 records: 79 keep it, 22 break it",
                        "11 of these kept the old one",
                        "price",
                        "line 2: type: expected number, found \"call us\"",
                        "line 3: minimum: expected at least 0, found -1",
                        "not_json");

        JsonNode report =
                PlainJson.parse(Product.within("contract", "check", now, "--old", old, "--records", file, "--json")
                        .lastLine());
        assertThat(report.required("compiled").booleanValue()).isTrue();
        assertThat(report.required("broken").intValue()).isEqualTo(22);
        assertThat(report.required("newly_broken").intValue()).isEqualTo(11);
        JsonNode first = report.required("findings").get(0);
        assertThat(first.required("field").stringValue()).isEqualTo("price");
        assertThat(first.required("rule").stringValue()).isIn("type", "minimum");
        assertThat(first.required("count").intValue()).isEqualTo(10);
        assertThat(first.required("samples")).hasSize(3);
    }

    @Test
    void aRangeOfATopicIsTriedWithoutATrace() throws IOException {
        String now = write("new.schema.json", NEW);
        write("any.schema.json", "{}");
        String feed = write("feed.yaml", "feed: tried\ncontract: any.schema.json\nkey: k\ntime: at\n");
        String data = dir.resolve("data").toString();
        Product.Ended run = Product.within(
                "run", feed, "--from", write("scrapes.jsonl", records()), "--until-end", "--data", data, "--port", "0");
        assertThat(run.exit()).as(run.toString()).isZero();

        JsonNode all =
                PlainJson.parse(Product.within("contract", "check", now, "--feed", feed, "--data", data, "--json")
                        .lastLine());
        assertThat(all.required("records").intValue()).isEqualTo(101);
        assertThat(all.required("broken").intValue()).isEqualTo(22);
        JsonNode none = PlainJson.parse(Product.within(
                        "contract",
                        "check",
                        now,
                        "--feed",
                        feed,
                        "--data",
                        data,
                        "--to",
                        "2020-01-01T00:00:00Z",
                        "--json")
                .lastLine());
        assertThat(none.required("records").intValue()).isZero();
        try (DataDirectory free = DataDirectory.take(dir.resolve("data"))) {
            assertThat(free.path()).isDirectory();
        }
    }

    @Test
    void anInferredContractIsKeptByItsRecords() throws IOException {
        String file = write("scrapes.jsonl", records());
        Product.Ended inferred = Product.within("contract", "infer", "--records", file);
        assertThat(inferred.exit()).as(inferred.toString()).isZero();
        assertThat(inferred.err()).contains("from 100 records, 1 others skipped");

        String schema = write("inferred.schema.json", inferred.out());
        Product.Ended check = Product.within("contract", "check", schema, "--records", file);
        assertThat(check.out()).contains("101 records: 100 keep it, 1 break it");
    }

    @Test
    void whatIsNoContractIsRefused() throws IOException {
        Product.Ended ended = Product.within("contract", "check", write("bad.json", "{\"type\":\"text\"}"), "--json");
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(PlainJson.parse(ended.lastLine())
                        .required("error")
                        .required("code")
                        .stringValue())
                .isEqualTo("LEAT-440");
        assertThat(Product.within("contract", "infer").exit()).isEqualTo(2);
    }
}
