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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The compiled engine and the general validator say the same of random values under random schemas; and an engine that had but
 * one keyword wrong would be caught.
 */
class CompiledAgreesWithLibraryTest {

    private static final int SCHEMAS = Integer.getInteger("leat.schemas", 1_000);
    private static final int VALUES = 30;

    private final RandomGenerator random =
            RandomSeed.of("CompiledAgreesWithLibraryTest").random();
    private final DocumentReader reader = new DocumentReader(Limits.WIDEST);
    private final List<String> differences = new ArrayList<>();
    private int schemas;
    private int kept;
    private int broken;

    @Test
    void onRandomValuesUnderRandomSchemas() {
        while (schemas++ < SCHEMAS) {
            RandomSchema next = new RandomSchema(random, schemas % 2 == 0);
            String schema = next.document();
            compare(next, schema, schema);
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

    /** An engine that takes one keyword for another, or for none at all, is ours with that keyword renamed. */
    @ParameterizedTest
    @CsvSource({
        "minimum, exclusiveMinimum",
        "exclusiveMaximum, maximum",
        "multipleOf, none",
        "minLength, none",
        "maxLength, minLength",
        "pattern, none",
        "format, none",
        "required, none",
        "enum, none",
        "const, none",
        "type, none",
        "uniqueItems, none",
        "minItems, none",
        "maxProperties, none",
        "properties, none",
        "patternProperties, none",
        "additionalProperties, none",
        "propertyNames, none",
        "items, none",
        "prefixItems, none",
        "additionalItems, none",
        "contains, none",
        "minContains, none",
        "maxContains, none",
        "oneOf, anyOf",
        "anyOf, allOf",
        "allOf, anyOf",
        "not, none",
        "then, none",
        "else, none",
        "dependencies, none",
        "dependentSchemas, none",
        "dependentRequired, none",
        "$ref, none"
    })
    void anEngineWithOneKeywordWrongIsCaught(String keyword, String takenFor) {
        String written = "\"" + keyword + "\":";
        while (differences.isEmpty() && schemas < 50 * SCHEMAS) {
            RandomSchema next = new RandomSchema(random, schemas++ % 2 == 0);
            String schema = next.document();
            if (schema.contains(written)) {
                compare(next, schema, schema.replace(written, "\"" + takenFor + "\":"));
            }
        }
        System.out.printf("%s taken for %s: caught by schema %d%n", keyword, takenFor, schemas);
        assertThat(differences).isNotEmpty();
    }

    /**
     * Holds values against both.
     *
     * @param read the schema as the compiled engine takes it
     */
    private void compare(RandomSchema values, String schema, String read) {
        Contract library;
        try {
            library = LibraryContract.compile(new Feed.ContractSource("v1", schema), Map.of(), true);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("At /"); // an enum with 1 and 1.0 is none
            return;
        }
        Contract compiled = CompiledContract.compile(new Feed.ContractSource("v1", read), true);
        if (compiled == null && !read.equals(schema)) {
            return; // renamed to a keyword that was there already
        }
        assertThat(compiled).as(schema).isNotNull();
        for (int n = 0; n < VALUES; n++) {
            String value = values.value(3);
            assertThat(reader.read(value.getBytes(StandardCharsets.UTF_8)))
                    .as(value)
                    .isNull();
            Breach ours = compiled.broken(reader.document());
            Breach theirs = library.broken(reader.document());
            kept += ours == null ? 1 : 0;
            broken += ours == null ? 0 : 1;
            if ((ours == null) != (theirs == null)) {
                differences.add("%s%n  under %s%n  compiled: %s%n  library: %s".formatted(value, schema, ours, theirs));
            }
        }
    }
}
