package io.leat.format.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.core.Feed;
import io.leat.core.Limits;
import io.leat.format.json.DocumentReader;
import io.leat.testkit.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs the JSON-Schema-Test-Suite through the engine that feeds run. Its remotes come from a map: nothing goes out. */
class JsonSchemaSuiteTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final String DRAFT_07 = "http://json-schema.org/draft-07/schema#";

    private static Path suite;

    @BeforeAll
    static void theSuiteIsThere() {
        assumeTrue(SharedData.isPresent("the JSON-Schema-Test-Suite"));
        suite = SharedData.corpus("json-schema-test-suite");
    }

    /** Among them are cases where a format is but a remark, as the drafts allow; the formats have their own tests. */
    @Test
    void allRequiredCasesOfDraft202012() throws IOException {
        Tally tally = run("draft2020-12", "", false);
        assertThat(tally.differences).isEmpty();
        assertThat(tally.cases).isEqualTo(1_299);
    }

    @Test
    void allRequiredCasesOfDraft07() throws IOException {
        Tally tally = run("draft7", "", false);
        assertThat(tally.differences).isEmpty();
        assertThat(tally.cases).isGreaterThan(900);
    }

    @Test
    void formatsAreAssertedInDraft202012() throws IOException {
        assertThat(run("draft2020-12", "optional/format", true).differences).isEmpty();
    }

    @Test
    void formatsAreAssertedInDraft07() throws IOException {
        assertThat(run("draft7", "optional/format", true).differences).isEmpty();
    }

    @Test
    void patternsAreThoseOfEcma262() throws IOException {
        Tally tally = run("draft2020-12", "optional/ecmascript-regex.json", true);
        assertThat(tally.differences).isEmpty();
    }

    private static Tally run(String draft, String part, boolean formats) throws IOException {
        Tally tally = new Tally();
        Map<String, String> remotes = remotes(draft);
        for (Path file : files(suite.resolve("tests").resolve(draft).resolve(part))) {
            for (JsonNode group : JSON.readTree(Files.readString(file))) {
                group(file, draft, group, remotes, formats, tally);
            }
        }
        System.out.printf(
                "JSON-Schema-Test-Suite %s %s: %d cases, %d through the compiled engine, %d through the library, %d"
                        + " differences%n",
                draft, part, tally.cases, tally.cases - tally.byLibrary, tally.byLibrary, tally.differences.size());
        return tally;
    }

    private static void group(
            Path file, String draft, JsonNode group, Map<String, String> remotes, boolean formats, Tally tally) {
        JsonNode schema = group.required("schema");
        if (draft.equals("draft7") && schema instanceof ObjectNode object && !object.has("$schema")) {
            object.put("$schema", DRAFT_07);
        }
        String name = file.getFileName() + ": " + group.required("description").stringValue();
        Contract contract;
        try {
            contract = Contracts.compile(new Feed.ContractSource(name, schema.toString()), remotes, formats);
        } catch (IllegalArgumentException e) {
            tally.cases += group.required("tests").size();
            tally.differences.add(name + ": does not compile: " + e.getMessage());
            return;
        }
        for (JsonNode test : group.required("tests")) {
            tally.cases++;
            tally.byLibrary += contract.isCompiled() ? 0 : 1;
            DocumentReader reader = new DocumentReader(Limits.WIDEST);
            assertThat(reader.read(test.required("data").toString().getBytes(StandardCharsets.UTF_8)))
                    .isNull();
            Breach breach = contract.broken(reader.document());
            if ((breach == null) != test.required("valid").booleanValue()) {
                tally.differences.add("%s (%s): %s: %s"
                        .formatted(
                                name,
                                contract.isCompiled() ? "compiled" : "library",
                                test.required("description").stringValue(),
                                breach == null ? "kept" : breach));
            }
        }
    }

    private static List<Path> files(Path at) throws IOException {
        if (Files.isRegularFile(at)) {
            return List.of(at);
        }
        try (Stream<Path> files = Files.list(at)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** What the suite's server on port 1234 would give. */
    private static Map<String, String> remotes(String draft) throws IOException {
        Map<String, String> remotes = new LinkedHashMap<>();
        Path folder = suite.resolve("remotes");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String path = folder.relativize(file).toString();
                if (!path.matches("(draft|v1).*") || path.startsWith(draft)) {
                    remotes.put("http://localhost:1234/" + path, Files.readString(file));
                }
            }
        }
        return remotes;
    }

    private static final class Tally {
        private int cases;
        private int byLibrary;
        private final List<String> differences = new ArrayList<>();
    }
}
