package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.core.silence.Silences;
import io.leat.core.silence.SiteAlert;
import io.leat.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Visits of real crawlers over months and years, in virtual time. Whatever is told of a healthy archive is a false alarm. */
class SilenceArchivesTest {

    private static final long LOOK_EVERY = 10_000;

    @ParameterizedTest
    @CsvSource({"hn-frontpage, 4, 1", "velib-stations, 1, 0", "cs2-market-prices, 1, 0", "llm-api-prices, 0, 0"})
    void healthyCrawlersAreHardlyEverTold(String archive, int mostSilent, int mostOther) throws IOException {
        assumeTrue(SharedData.isPresent("silence of " + archive));
        Path file = SharedData.file(archive + "/snapshots.tsv");
        List<String> lines = Files.readAllLines(file);
        int column = List.of(lines.get(0).split("\t")).indexOf("arrived_at");
        Silences silences = new Silences(Silences.Expected.NOTHING);
        List<SiteAlert> started = new ArrayList<>();
        long now = Long.MIN_VALUE;
        for (String line : lines.subList(1, lines.size())) {
            long visit = Instant.parse(line.split("\t")[column]).toEpochMilli();
            for (now = now == Long.MIN_VALUE ? visit : now; now < visit; now += LOOK_EVERY) {
                silences.look(now).stream()
                        .filter(alert -> alert.state() == SiteAlert.State.STARTED)
                        .forEach(started::add);
            }
            silences.saw(archive, visit);
        }
        assertThat(started.stream().filter(SilenceArchivesTest::isSilence))
                .as(archive)
                .hasSizeLessThanOrEqualTo(mostSilent);
        assertThat(started.stream().filter(alert -> !isSilence(alert)))
                .as("%s: in the last days of hn-frontpage 2 visits came a day, where 44 had come", archive)
                .hasSizeLessThanOrEqualTo(mostOther);
    }

    private static boolean isSilence(SiteAlert alert) {
        return alert.kind() == SiteAlert.Kind.SILENCE;
    }
}
