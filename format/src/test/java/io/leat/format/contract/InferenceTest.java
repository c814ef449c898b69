package io.leat.format.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Feed;
import io.leat.core.Limits;
import io.leat.format.json.DocumentReader;
import io.leat.testkit.RandomSeed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

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
                    "{\"sku\":\"s-%d\",\"price\":%d.5,\"count\":%d,\"at\":\"2026-01-01T00:00:%02dZ\",\"state\":\"%s\"%s}"
                            .formatted(
                                    i, i, i, i % 60, i % 2 == 0 ? "new" : "used", i % 3 == 0 ? ",\"note\":null" : ""));
        }

        assertThat(inferred(records))
                .isEqualToIgnoringWhitespace(
                        """
                        {"$schema": "https://json-schema.org/draft/2020-12/schema",
                         "type": "object",
                         "required": ["sku", "price", "count", "at", "state"],
                         "properties": {
                           "sku": {"type": "string", "minLength": 1},
                           "price": {"type": "number", "minimum": 0},
                           "count": {"type": "integer", "minimum": 0},
                           "at": {"type": "string", "format": "date-time"},
                           "state": {"type": "string", "enum": ["new", "used"]},
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
}
