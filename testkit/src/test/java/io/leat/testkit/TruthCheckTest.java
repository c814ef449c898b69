package io.leat.testkit;

import static io.leat.testkit.Lines.change;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthCheckTest {

    private static final String TRUTH = String.join(
                    "\n",
                    "0\t%s\tnew\t\t[\"a\"]\t\t[1]",
                    "1\t%s\tnew\t\t[\"b\"]\t\t[null]",
                    "2\t%s\tchanged\texact\t[\"a\"]\t[1]\t[1.0]",
                    "3\t%s\tchanged\tnumeric\t[\"a\"]\t[1.0]\t[\"2\"]",
                    "4\t%s\tchanged\tnormalised\t[\"a\"]\t[\"2\"]\t[3]")
            .formatted(Lines.time(1), Lines.time(1), Lines.time(2), Lines.time(3), Lines.time(4));

    @TempDir
    Path folder;

    @Test
    void theSameChangesAreExact() throws IOException {
        assertThat(outcome(right()).isExact()).isTrue();
        List<ChangeLine> otherOrder = right();
        otherOrder.add(otherOrder.remove(1));
        assertThat(outcome(otherOrder).isExact()).isTrue();
    }

    @Test
    void aMissingAnExtraAndADifferentChangeAreSeen() throws IOException {
        List<ChangeLine> log = right();
        log.remove(2);
        assertThat(outcome(log).missing()).isEqualTo(1);
        log = right();
        log.add(change("c", "c", 1, 1, null, "1"));
        assertThat(outcome(log).extra()).isEqualTo(1);
        for (ChangeLine wrong : List.of(
                change("a2", "a", 2, 4, "1", "\"2\""),
                change("a2", "a", 2, 3, "0", "\"2\""),
                change("a2", "a", 2, 3, "1", "2"),
                change("a2", "x", 2, 3, "1", "\"2\""))) {
            log = right();
            log.set(2, wrong);
            TruthCheck.Outcome outcome = outcome(log);
            assertThat(outcome.isExact()).isFalse();
            assertThat(outcome.missing()).as(outcome.toString()).isEqualTo(1);
            assertThat(outcome.extra()).as(outcome.toString()).isEqualTo(1);
            assertThat(outcome.samples()).hasSize(2);
        }
    }

    @Test
    void changesOfAKeyInAnotherOrderAreNotExact() throws IOException {
        List<ChangeLine> log = right();
        log.add(log.remove(2));
        assertThat(outcome(log).isExact()).isFalse();
    }

    @Test
    void theReadingDecidesWhichRowsCount() throws IOException {
        Path file = write("truth.tsv");
        assertThat(Truth.forEach(file, Truth.Reading.EXACT, row -> {})).isEqualTo(5);
        assertThat(Truth.forEach(file, Truth.Reading.NUMERIC, row -> {})).isEqualTo(4);
        assertThat(Truth.forEach(file, Truth.Reading.NORMALISED, row -> {})).isEqualTo(3);
    }

    @Test
    void filesAreReadPlainGzippedAndWithZstd() throws IOException {
        for (String name : List.of("t.tsv", "t.tsv.gz", "t.tsv.zst")) {
            List<String> lines = new ArrayList<>();
            long count =
                    StreamFile.forEachLine(write(name), line -> lines.add(new String(line, StandardCharsets.UTF_8)));
            assertThat(lines).isEqualTo(TRUTH.lines().toList());
            assertThat(count).isEqualTo(5);
        }
    }

    @Test
    void aFormerPathStandsInForAnAbsentPresentOne() throws IOException {
        TruthCheck check = new TruthCheck("renamed").orFormer("renamed", "v");
        Truth.forEach(write("truth.tsv"), Truth.Reading.NUMERIC, check::expect);
        right().forEach(check::add);
        assertThat(check.finish().isExact()).isTrue();
    }

    private static List<ChangeLine> right() {
        return new ArrayList<>(List.of(
                change("a1", "a", 1, 1, null, "1"),
                change("b1", "b", 1, 1, null, "null"),
                change("a2", "a", 2, 3, "1", "\"2\""),
                change("a3", "a", 3, 4, "\"2\"", "3.0")));
    }

    private TruthCheck.Outcome outcome(List<ChangeLine> log) throws IOException {
        TruthCheck check = new TruthCheck("v");
        Truth.forEach(write("truth.tsv.zst"), Truth.Reading.NUMERIC, check::expect);
        log.forEach(check::add);
        return check.finish();
    }

    private Path write(String name) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream raw = Files.newOutputStream(file);
                OutputStream out = name.endsWith(".gz")
                        ? new GZIPOutputStream(raw)
                        : name.endsWith(".zst") ? new ZstdOutputStream(raw) : raw) {
            out.write(TRUTH.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
