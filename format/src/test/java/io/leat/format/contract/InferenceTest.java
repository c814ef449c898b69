package io.leat.format.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.core.Feed;
import io.leat.core.Limits;
import io.leat.format.json.DocumentReader;
import io.leat.testkit.RandomSeed;
import io.leat.testkit.SharedData;
import io.leat.testkit.StreamFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceTest {

    private static String inferred(List<String> records) {
        Inference inference = new Inference();
        DocumentReader reader = new DocumentReader(Limits.DEFAULT);
        for (String record : records) {
            assertThat(reader.read(record.getBytes(StandardCharsets.UTF_8))).isNull();
            inference.add(reader.document());
        }
        return inference.schema();
    }

    @Test
    void whatAllRecordsHaveInCommonIsAskedFor() {
        List<String> records = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            records.add(
                    "{\"sku\":\"s-%d\",\"price\":%d.5,\"count\":%d,\"at\":\"2026-01-01T00:00:%02dZ\",\"state\":\"%s\",\"sold\":\"%s\",\"crawl\":\"c%d\"%s}"
                            .formatted(
                                    i,
                                    i,
                                    i,
                                    i % 60,
                                    i % 2 == 0 ? "new" : "used",
                                    i % 5 == 0 ? "Yes" : "No",
                                    i / 100,
                                    i % 3 == 0 ? ",\"note\":null" : ""));
        }

        assertThat(inferred(records))
                .isEqualToIgnoringWhitespace(
                        """
                        {"$schema": "https://json-schema.org/draft/2020-12/schema",
                         "type": "object",
                         "required": ["sku", "price", "count", "at", "state", "sold", "crawl"],
                         "properties": {
                           "sku": {"type": "string", "minLength": 1},
                           "price": {"type": "number", "minimum": 0},
                           "count": {"type": "integer", "minimum": 0},
                           "at": {"type": "string", "format": "date-time"},
                           "state": {"type": "string", "minLength": 1, "examples": ["new", "used"]},
                           "sold": {"type": "string", "enum": ["No", "Yes"]},
                           "crawl": {"type": "string", "minLength": 1},
                           "note": {"type": "null"}}}
                        """);
    }

    @Test
    void everyRecordKeepsWhatWasInferredFromAllOfThem() {
        RandomSchema values = new RandomSchema(RandomSeed.of("InferenceTest").random(), false);
        DocumentReader reader = new DocumentReader(Limits.DEFAULT);
        for (int round = 0; round < 100; round++) {
            List<String> records = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                records.add(values.value(3));
            }
            Contract contract = Contract.compile(new Feed.ContractSource("v1", inferred(records)));
            for (String record : records) {
                assertThat(reader.read(record.getBytes(StandardCharsets.UTF_8))).isNull();
                assertThat(contract.broken(reader.document())).as(record).isNull();
            }
        }
    }

    /** What the first twenty thousand records of a real stream have in common is no reason to refuse the others' words. */
    @ParameterizedTest
    @ValueSource(strings = {"pc-parts/stream.jsonl.zst", "demo-cs2-rifles/stream.jsonl.gz"})
    void noChoiceLearntFromTheBeginningOfARealStreamIsBrokenLater(String name) throws IOException {
        assumeTrue(SharedData.isPresent("the beginning of " + name));
        Inference inference = new Inference();
        DocumentReader reader = new DocumentReader(Limits.DEFAULT);
        List<Contract> learnt = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        int[] records = {0};
        StreamFile.forEachLine(SharedData.file(name), line -> {
            if (records[0]++ >= 150_000) {
                return;
            }
            assertThat(reader.read(line)).isNull();
            if (inference.records() < 20_000) {
                inference.add(reader.document());
                return;
            }
            if (learnt.isEmpty()) {
                learnt.add(Contract.compile(new Feed.ContractSource("v1", inference.schema())));
            }
            Breach breach = learnt.get(0).broken(reader.document());
            if (breach != null && breach.rule().endsWith("enum")) {
                broken.add(breach.toString());
            }
        });
        assertThat(learnt).hasSize(1);
        assertThat(broken).isEmpty();
    }
}
