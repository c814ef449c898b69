package io.leat.format.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.core.Change;
import io.leat.core.Feed;
import io.leat.core.Position;
import io.leat.core.Ruling;
import io.leat.core.Tally;
import io.leat.format.Fold;
import io.leat.format.feedfile.FeedFile;
import io.leat.testkit.SharedData;
import io.leat.testkit.StreamFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A preview says what two whole dry runs, held against one another, say. */
class PreviewTest {

    private static final long NOW = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
    private static final String OLD =
            """
            feed: skins
            key: record.name
            time: {field: arrived_at, tie_break: seq}
            changes: {compare: [record.price]}
            watch: {by: source}
            """;

    @TempDir
    private Path dir;

    private Feed feed(String text) throws IOException {
        Path file = dir.resolve("feed.yaml");
        Files.writeString(file, text);
        Files.writeString(
                dir.resolve("tight.schema.json"),
                "{\"properties\":{\"record\":{\"properties\":{\"price\":{\"maximum\":1000}}}}}");
        FeedFile.Outcome outcome = FeedFile.read(file, name -> null);
        assertThat(outcome).as(outcome.toString()).isInstanceOf(FeedFile.Valid.class);
        return ((FeedFile.Valid) outcome).feed();
    }

    /** A dry run of its own: which records told what, and where all went. */
    private static Tally run(Feed feed, List<byte[]> records, Set<String> told) {
        Fold fold = new Fold(feed, change -> told.add(what(change)));
        for (int i = 0; i < records.size(); i++) {
            fold.take(records.get(i), NOW, new Position(feed.source().topic(), 0, i), Ruling.NONE);
        }
        return fold.tally();
    }

    private static String what(Change change) {
        return change.source().offset() + " " + change.op() + " " + change.changed() + " " + change.key();
    }

    private static List<byte[]> stream() throws IOException {
        List<byte[]> records = new ArrayList<>();
        StreamFile.forEachLine(SharedData.file("demo-cs2-rifles/stream.jsonl.gz"), records::add);
        return records;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compare: [record.price], tolerance: {record.price: 2%}",
                "compare: [record.price, snapshot]",
                "compare: [record.price]}\ncontract: tight.schema.json\nlimits: {depth: 20",
                "compare: [record.price]}\nkey: [source, record.name]\nlimits: {depth: 20",
                "compare: [record.price], hold: {record.price: {ratio: [0.5, 2]}}"
            })
    void itAgreesWithTwoDryRuns(String changes) throws IOException {
        assumeTrue(SharedData.isPresent("a preview of a real stream"));
        Feed old = feed(OLD);
        String text = OLD.replace("compare: [record.price]", changes);
        Feed now = feed(changes.contains("\nkey:") ? text.replaceFirst("key: record.name\n", "") : text);
        List<byte[]> records = stream();
        Set<String> toldBefore = new TreeSet<>();
        Set<String> toldNow = new TreeSet<>();
        Tally oldTally = run(old, records, toldBefore);
        Tally newTally = run(now, records, toldNow);

        Set<String> previewedBefore = new TreeSet<>();
        Set<String> previewedNow = new TreeSet<>();
        Preview preview = new Preview(
                old, now, change -> previewedBefore.add(what(change)), change -> previewedNow.add(what(change)));
        records.forEach(each -> preview.take(each, NOW));

        assertThat(preview.oldTally()).isEqualTo(oldTally);
        assertThat(preview.newTally()).isEqualTo(newTally);
        assertThat(previewedBefore).isEqualTo(toldBefore);
        assertThat(previewedNow).isEqualTo(toldNow);
        assertThat(preview.differing()).isPositive();
        assertThat(preview.bySite()).singleElement().satisfies(site -> {
            assertThat(site.what()).isEqualTo("cs2-market");
            assertThat(site.old()).isEqualTo(12_647);
            assertThat(site.now()).isEqualTo(updates(toldNow));
        });
    }

    private static long updates(Set<String> told) {
        return told.stream().filter(each -> each.contains(" UPDATE ")).count();
    }

    private static byte[] record(int minute, String price) {
        return "{\"record\":{\"name\":\"a\",\"price\":%s},\"arrived_at\":\"2026-03-01T10:%02d:00Z\",\"seq\":%d,\"source\":\"s\"}"
                .formatted(price, minute, minute)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void itSaysWhatWouldBeToldAgainAndWhetherStateIsKept() throws IOException {
        Feed old = feed(OLD);
        Feed normalized = feed(OLD + "normalize: {record.price: {as: money}}\n");
        Preview preview = new Preview(old, normalized, change -> {}, change -> {});
        preview.take(record(0, "\"$5.00\""), NOW);
        preview.take(record(1, "\"$5\""), NOW);
        assertThat(preview.whyStateIsLost()).isNull();
        assertThat(preview.readAgain()).isEqualTo(1);
        assertThat(preview.toldAgain()).isZero();
        assertThat(preview.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.number()).isEqualTo(2);
            assertThat(difference.old().kind()).isEqualTo(Fate.Kind.CHANGED);
            assertThat(difference.now().kind()).isEqualTo(Fate.Kind.SILENT);
        });
        assertThat(preview.byRule()).contains(new Preview.Pair("changed", 1, 0));
        Feed keyed = feed(OLD.replace("key: record.name", "key: [source, record.name]"));
        assertThat(new Preview(old, keyed, change -> {}, change -> {}).whyStateIsLost())
                .contains("LEAT-317");
        assertThat(new Preview(old, old, change -> {}, change -> {}).toldAgain())
                .isZero();
    }

    @Test
    void whatIsRefusedIsCountedByRule() throws IOException {
        Feed old = feed(OLD);
        Feed tight = feed(OLD + "contract: tight.schema.json\n");
        Preview preview = new Preview(old, tight, change -> {}, change -> {});
        preview.take(record(0, "5000"), NOW);
        assertThat(preview.byRule()).contains(new Preview.Pair("refused: contract_broken record.price", 0, 1));
        assertThat(preview.differences().get(0).now().why()).contains("1000");
    }
}
