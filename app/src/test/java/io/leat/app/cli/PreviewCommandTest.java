package io.leat.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.process.Cli;
import io.leat.testkit.PlainJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PreviewCommandTest {

    private static final String OLD =
            """
            feed: shop
            key: sku
            time: at
            changes: {compare: [price]}
            watch: {by: site}
            sinks:
              - {name: cheap, files: {path: /tmp/cheap}, where: "after.price < 10"}
              - {name: all, files: {path: /tmp/all}}
            """;

    @TempDir
    private Path dir;

    @BeforeEach
    void records() throws IOException {
        Files.writeString(dir.resolve("old.yaml"), OLD);
        Files.writeString(
                dir.resolve("new.yaml"),
                OLD.replace("[price]}", "[price], tolerance: {price: 20%}}").replace("< 10", "< 9"));
        StringBuilder records = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            records.append("{\"sku\":\"a\",\"site\":\"x\",\"at\":\"2026-03-01T1%d:00:00Z\",\"price\":%d}\n"
                    .formatted(i, 9 + i));
        }
        Files.writeString(dir.resolve("records.jsonl"), records);
    }

    private Cli.Said preview(String... more) {
        String[] line = new String[more.length + 6];
        System.arraycopy(
                new String[] {
                    "preview", dir.resolve("new.yaml").toString(),
                    "--against", dir.resolve("old.yaml").toString(),
                    "--from", dir.resolve("records.jsonl").toString()
                },
                0,
                line,
                0,
                6);
        System.arraycopy(more, 0, line, 6, more.length);
        return Cli.run(line);
    }

    @Test
    void peopleSeeBothSideBySide() {
        Cli.Said said = preview();
        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(said.out())
                .contains("old: in 4 = changed 4", "new: in 4 = changed 2", "2 of 4 records end otherwise")
                .containsPattern("changed +3 +1\n")
                .containsPattern("\n  x +3 +1\n")
                .containsPattern("cheap +1 +0\n")
                .containsPattern("all +4 +2\n")
                .containsSubsequence("record 2", "old: 2026-03-01T11:00:00Z  update", "new: nothing is told")
                .contains("What is known is kept");
    }

    @Test
    void onlyTheFirstAreLookedAtAndItIsSaid() {
        assertThat(preview("--first", "3").out())
                .contains("old: in 3 = changed 3", "Only the first 3 records were looked at; --first N looks at more.");
        assertThat(preview("--first", "4").out()).contains("old: in 4").doesNotContain("Only the first");
        assertThat(PlainJson.parse(preview("--first", "3", "--json").out())
                        .path("more")
                        .booleanValue())
                .isTrue();
        assertThat(preview("--first", "0").err()).contains("LEAT-400");
    }

    @Test
    void programsReadTheSame() {
        JsonNode report = PlainJson.parse(preview("--json").out());
        assertThat(report.path("more").booleanValue()).isFalse();
        assertThat(report.path("differing").intValue()).isEqualTo(2);
        assertThat(report.path("state_kept").booleanValue()).isTrue();
        assertThat(report.path("by_client").path(0).path("what").stringValue()).isEqualTo("all");
    }

    @Test
    void anotherKeyKeepsNothingAndAFileHasNoLastDays() throws IOException {
        Files.writeString(dir.resolve("new.yaml"), OLD.replace("key: sku", "key: [site, sku]"));
        assertThat(preview().out()).contains("What is known cannot be kept: the key is another one");
        assertThat(preview("--last", "7d").exit()).isEqualTo(2);
    }
}
