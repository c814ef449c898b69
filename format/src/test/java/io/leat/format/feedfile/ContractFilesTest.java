package io.leat.format.feedfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Feed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractFilesTest {

    @TempDir
    Path directory;

    private Written contract(String value) {
        return new Written(directory.resolve("feeds")).feed("feed: f\nkey: k\ntime: at\ncontract: " + value + "\n");
    }

    @Test
    void theVersionIsTheNameWithoutItsEnding() {
        assertThat(contract("[v3.schema.json, old/v2.json, v1.txt]")
                        .file("v3.schema.json", "{}")
                        .file("old/v2.json", "{}")
                        .file("v1.txt", "{}")
                        .valid()
                        .contracts())
                .extracting(Feed.ContractSource::version)
                .containsExactly("v3", "v2", "v1.txt");
    }

    @Test
    void twoContractsOfOneVersionAreAProblem() {
        assertThat(contract("[v1.json, v1.schema.json]")
                        .file("v1.json", "{}")
                        .file("v1.schema.json", "{}")
                        .codes())
                .containsExactly("LEAT-117");
    }

    @Test
    void aContractMustNotEscapeTheDirectory() throws IOException {
        Files.writeString(directory.resolve("outside.json"), "{}");

        assertThat(contract("../outside.json").codes()).containsExactly("LEAT-141");
        assertThat(contract(directory.resolve("outside.json").toString()).codes())
                .containsExactly("LEAT-141");
        Files.createSymbolicLink(directory.resolve("feeds/link.json"), directory.resolve("outside.json"));
        assertThat(contract("link.json").codes()).containsExactly("LEAT-141");
    }

    @Test
    void aLinkThatStaysInsideIsFine() throws IOException {
        Written written = contract("link.json").file("data/real.json", "{}");
        Files.createSymbolicLink(directory.resolve("feeds/link.json"), Path.of("data/real.json"));

        assertThat(written.valid().contracts()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "7",
                "{\"type\": \"strin\"}",
                "{\"properties\": {\"a\": {\"minLength\": \"1\"}}}",
                "{\"pattern\": \"(\"}",
                "{\"$schema\": \"https://example.com/none\"}",
                "{\"$ref\": \"#/$defs/none\"}",
                "{\"$ref\": \"http://127.0.0.1:9/x.json\"}",
                "{\"$ref\": \"file:///etc/hostname\"}",
                "{\"$ref\": \"classpath:/x.json\"}",
                "{\"properties\": {\"a\": {\"properties\": {\"b\": {\"$ref\": \"other.json\"}}}}}"
            })
    void whatIsNoUsableSchemaIsAProblem(String schema) {
        assertThat(contract("c.json").file("c.json", schema).codes()).containsExactly("LEAT-142");
    }

    @Test
    void aSchemaDoesNotReadOtherFiles() throws IOException {
        Path other = Files.writeString(directory.resolve("other.json"), "{\"type\": \"object\"}");

        assertThat(contract("c.json")
                        .file("c.json", "{\"$ref\": \"" + other.toUri() + "\"}")
                        .codes())
                .containsExactly("LEAT-142");
    }

    @Test
    void aSchemaMayReferToItself() {
        String schema = "{\"$id\": \"https://example.com/tree\", \"properties\": {\"a\": {\"$ref\": \"#\"}, \"b\": "
                + "{\"$ref\": \"https://example.com/tree\"}, \"c\": {\"$ref\": \"#/$defs/x\"}}, \"$defs\": {\"x\": {}}}";

        assertThat(contract("c.json").file("c.json", schema).valid().contracts())
                .hasSize(1);
    }

    @Test
    void aDirectoryIsNoContract() {
        assertThat(contract(".").codes()).containsExactly("LEAT-140");
        assertThat(contract("\"\\0\"").codes()).containsExactly("LEAT-140");
    }
}
