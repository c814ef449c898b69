package io.leat.app.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.embedded.Figures;
import io.leat.app.embedded.Room;
import io.leat.app.feeding.Feeder;
import io.leat.core.Op;
import io.leat.core.Tally;
import java.util.List;
import java.util.Map;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class PanelTextTest {

    private static final Figures FIGURES = figures(new Figures.Newest(999_800, 3));

    private static Figures figures(Figures.Newest newest) {
        return new Figures(
                1_000_000,
                "RUNNING",
                new Tally(14_210, 980, 13_000, 130, 100),
                0,
                0,
                newest,
                new Figures.Work(0.31, 0.02),
                Map.of(),
                new Figures.Behind(true, 41_500, 3_210, 2),
                new Figures.Checkpoint(71, 12, 999_600, 4_096),
                new Figures.Latencies(new Figures.Latency(980, 8, 21), new Figures.Latency(980, 5_200, 9_000)),
                Figures.Order.NONE,
                new Room(50_000_000, 81_000_000, 2_000_000_000, 0, 100L << 30, 0, 1));
    }

    private static View view(List<View.Source> sources, List<View.Recent> recent, Feeder.Progress feeding) {
        return view(FIGURES, sources, recent, feeding);
    }

    private static View view(
            Figures figures, List<View.Source> sources, List<View.Recent> recent, Feeder.Progress feeding) {
        return view(70_000, figures, sources, recent, feeding);
    }

    private static View view(
            long runningMillis,
            Figures figures,
            List<View.Source> sources,
            List<View.Recent> recent,
            Feeder.Progress feeding) {
        return new View(
                "prices",
                "127.0.0.1:9092",
                "127.0.0.1:8080",
                72_000,
                runningMillis,
                figures,
                200,
                12,
                feeding,
                sources,
                recent);
    }

    private static String text(View view, int columns, int rows) {
        return String.join(
                "\n",
                PanelText.lines(view, columns, rows).stream()
                        .map(AttributedString::toString)
                        .toList());
    }

    @Test
    void showsWhatAnOperatorWatches() {
        assertThat(text(view(List.of(), List.of(), null), 110, 30))
                .contains("prices", "RUNNING", "up 1m 12s", "127.0.0.1:9092", "http 127.0.0.1:8080")
                .contains("14,210", "200/s", "980", "12.0/s".replace(".0", ""), "93.1 %", "200 ms", "2.0 %")
                .contains("12 ms, 400 ms ago", "8 ms", "21 ms", "5.2 s")
                .contains("41,500", "3.2 s, partition 2", "31.0 %", "81.0 MB of 2000.0 MB", "50.0 MB")
                .contains("late");
    }

    @Test
    void aRecordingLagsBehindNothing() {
        Figures recording = figures(new Figures.Newest(1_000_000 - 190L * 86_400_000, 190L * 86_400_000));
        List<View.Recent> old = List.of(new View.Recent("shop · 1", "price: 1 → 2", Op.UPDATE, 190L * 86_400_000));
        assertThat(text(view(recording, List.of(), old, null), 110, 30))
                .contains("watermark lag  –", "age          –", "price: 1 → 2")
                .doesNotContain("190 d");
        assertThat(text(view(List.of(), List.of(), null), 110, 30)).contains("age          5.2 s");
    }

    @Test
    void whatWaitedForTheStartIsNoLatency() {
        Figures starting = figures(new Figures.Newest(999_800, 3));
        assertThat(text(view(20, starting, List.of(), List.of(), null), 110, 30))
                .contains("p99          –")
                .contains("p50          –");
        assertThat(PlainLine.of(view(20, starting, List.of(), List.of(), null))).containsPattern("p99 – +stale 130$");
        assertThat(PlainLine.of(view(21, starting, List.of(), List.of(), null))).contains("p99 21 ms");
    }

    @Test
    void fillsTheScreenAndNoMore() {
        List<View.Recent> many = java.util.stream.IntStream.range(0, 99)
                .mapToObj(i -> new View.Recent("shop · " + i, "price: 1 → " + "2".repeat(200), Op.UPDATE, 12))
                .toList();
        for (int columns : new int[] {20, 40, 80, 110, 300}) {
            for (int rows : new int[] {5, 24, 60}) {
                List<AttributedString> lines = PanelText.lines(view(List.of(), many, null), columns, rows);
                assertThat(lines).hasSize(rows);
                assertThat(lines)
                        .allSatisfy(line -> assertThat(line.columnLength()).isLessThanOrEqualTo(columns));
            }
        }
    }

    @Test
    void countsWideCharactersTwice() {
        List<View.Recent> wide = List.of(new View.Recent("龍王".repeat(40), "価格: 1 → 2", Op.UPDATE, 1));
        assertThat(PanelText.lines(view(List.of(), wide, null), 80, 24))
                .allSatisfy(line -> assertThat(line.columnLength()).isLessThanOrEqualTo(80));
    }

    @Test
    void whatTakesNoRoomIsNotShownWithoutEnd() {
        List<View.Recent> towering = List.of(new View.Recent("a" + "\u0301".repeat(100_000), "b", Op.UPDATE, 1));
        assertThat(text(view(List.of(), towering, null), 80, 24).length()).isLessThan(10_000);
    }

    @Test
    void namesWhoIsSilent() {
        String text = text(
                view(List.of(new View.Source("harbour", 7_400), new View.Source("fjord", 12)), List.of(), null),
                110,
                30);
        assertThat(text).contains("○ harbour silent 7 s").contains("● fjord");
    }

    @Test
    void showsHowFarAFileIsFed() {
        Feeder.Progress half = new Feeder.Progress(36_000, 0, 500, 1_000, false);
        assertThat(text(view(List.of(), List.of(), half), 110, 30))
                .contains("36,000 lines, 50.0 %, 500/s, about 1m 12s left");
        assertThat(PlainLine.of(view(List.of(), List.of(), half))).contains("  fed 50.0 %");
        Feeder.Progress begun = new Feeder.Progress(0, 0, 1_000, 1_000, false);
        assertThat(text(view(List.of(), List.of(), begun), 110, 30)).contains("0 lines, 100.0 %, 0/s\n");
        Feeder.Progress piped = new Feeder.Progress(3, 0, 1_000, 0, false);
        assertThat(text(view(List.of(), List.of(), piped), 110, 30)).contains(" 3 lines, 0.0/s\n");
        assertThat(PlainLine.of(view(List.of(), List.of(), piped))).endsWith("  fed 3 lines  stale 130");
    }

    @Test
    void aPlainLineFitsAndKeepsItsColumns() {
        String line = PlainLine.of(
                view(List.of(new View.Source("harbour", 7_400)), List.of(new View.Recent("k", "w", Op.NEW, 1)), null));
        assertThat(line)
                .doesNotContain("\n")
                .contains("in 14,210 (200/s)", "out 980 ", "suppressed 93.1 %", "unread 41,500", "behind 3.2 s")
                .endsWith("  stale 130  harbour silent for 7.4 s");
        String quiet = PlainLine.of(view(70_000, Figures.none(1, "RUNNING"), List.of(), List.of(), null));
        assertThat(quiet.length()).isLessThanOrEqualTo(130);
        for (String column : List.of("in ", "out ", "suppressed ", "dead ", "unread ", "behind ", "p99 ")) {
            assertThat(quiet.indexOf("  " + column)).as(column).isEqualTo(line.indexOf("  " + column));
        }
    }
}
