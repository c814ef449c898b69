package io.leat.format.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Feed;
import io.leat.core.Limits;
import io.leat.format.json.DocumentReader;
import io.leat.testkit.RandomSeed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The compiled engine and the general validator say the same of random values under random schemas. */
class CompiledAgreesWithLibraryTest {

    private static final int SCHEMAS = Integer.getInteger("leat.schemas", 1_000);
    private static final int VALUES = 30;

    private final RandomGenerator random =
            RandomSeed.of("CompiledAgreesWithLibraryTest").random();
    private final DocumentReader reader = new DocumentReader(Limits.WIDEST);

    @Test
    void onRandomValuesUnderRandomSchemas() {
        List<String> differences = new ArrayList<>();
        int kept = 0;
        int broken = 0;
        for (int i = 0; i < SCHEMAS; i++) {
            RandomSchema schemas = new RandomSchema(random, i % 2 == 0);
            String schema = schemas.document();
            Feed.ContractSource source = new Feed.ContractSource("v1", schema);
            Contract library;
            try {
                library = LibraryContract.compile(source, Map.of(), true);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("At /"); // an enum with 1 and 1.0 is none
                continue;
            }
            Contract compiled = CompiledContract.compile(source, true);
            assertThat(compiled).as(schema).isNotNull();
            for (int n = 0; n < VALUES; n++) {
                String value = schemas.value(3);
                assertThat(reader.read(value.getBytes(StandardCharsets.UTF_8)))
                        .as(value)
                        .isNull();
                Breach ours = compiled.broken(reader.document());
                Breach theirs = library.broken(reader.document());
                kept += ours == null ? 1 : 0;
                broken += ours == null ? 0 : 1;
                if ((ours == null) != (theirs == null)) {
                    differences.add(
                            "%s%n  under %s%n  compiled: %s%n  library: %s".formatted(value, schema, ours, theirs));
                }
            }
        }
        System.out.printf(
                "compiled and library: %d schemas, %d values kept, %d broken, %d differences%n",
                SCHEMAS, kept, broken, differences.size());
        assertThat(differences.stream().limit(5).toList())
                .as("%d differences", differences.size())
                .isEmpty();
        assertThat(kept).isGreaterThan(SCHEMAS * VALUES / 20);
        assertThat(broken).isGreaterThan(SCHEMAS * VALUES / 20);
    }
}
