package io.leat.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two independent judges of the same recordings, the truth files and our reference, must agree. */
class SharedDataTest {

    @Test
    void theReferenceFindsAsManyChangesOfRiflePricesAsTheTruth() throws IOException {
        assumeTrue(SharedData.isPresent("SharedDataTest"));
        agree("demo-cs2-rifles/stream.jsonl.gz", "demo-cs2-rifles/truth-price.tsv.zst", "record.name", "record.price");
    }

    @Test
    void theReferenceFindsAsManyChangesOfTokenPricesAsTheTruth() throws IOException {
        assumeTrue(SharedData.isPresent("SharedDataTest"));
        agree(
                "llm-api-prices/stream.jsonl.zst",
                "llm-api-prices/truth-token-price.tsv.zst",
                "record.model",
                "record.input_cost_per_token",
                "record.output_cost_per_token");
    }

    private static void agree(String stream, String truth, String key, String... compared) throws IOException {
        LastWriterWins reference =
                new LastWriterWins(Shape.of(List.of(key), "arrived_at", ComparedFields.only(compared)));
        long lines = StreamFile.forEachLine(SharedData.file(stream), reference::add);
        long rows = Truth.forEach(SharedData.file(truth), Truth.Reading.NUMERIC, row -> {});
        ExpectedTally tally = reference.expectedTally();
        assertThat(tally.in()).isEqualTo(lines);
        assertThat(tally.changed()).isEqualTo(rows);
        assertThat(tally.stale() + tally.undecided()).isZero();
    }
}
