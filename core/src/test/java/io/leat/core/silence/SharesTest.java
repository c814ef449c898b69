package io.leat.core.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.silence.ShareAlert.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Healthy and broken sites in virtual time: crawls of 500 records each half hour. */
class SharesTest {

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long BEGIN = 1_700_000_000_000L;
    private static final int CRAWL = 500;

    private final SplittableRandom random = new SplittableRandom(5);
    private final List<ShareAlert> alerts = new ArrayList<>();
    private final Shares shares = new Shares();
    private long now = BEGIN;
    private long records;
    private long refused;
    private long changed;

    /** Both shares as they are at a moment. */
    private void crawl(long until, LongToDoubleFunction changes, LongToDoubleFunction refusals) {
        while (now < until) {
            now += 30 * MINUTE;
            for (int i = 0; i < CRAWL; i++) {
                records++;
                if (random.nextDouble() < refusals.applyAsDouble(now)) {
                    refused++;
                } else if (random.nextDouble() < changes.applyAsDouble(now)) {
                    changed++;
                }
            }
            alerts.addAll(shares.look(Map.of("shop", new Shares.Count(records, refused, changed)), now));
        }
    }

    private static double byDay(long at) {
        return Math.floorMod(at, DAY) > 8 * HOUR && Math.floorMod(at, DAY) < 20 * HOUR ? 0.03 : 0;
    }

    @Test
    void aSteadySiteIsNeverTold() {
        crawl(BEGIN + 100 * DAY, at -> 0.02, at -> 0.01);
        assertThat(alerts).isEmpty();
    }

    @Test
    void aSiteThatChangesByDayIsNeverTold() {
        crawl(BEGIN + 100 * DAY, SharesTest::byDay, at -> 0.002);
        assertThat(alerts).isEmpty();
    }

    @Test
    void aSiteThatTakesUpNightsIsToldTwice() {
        crawl(BEGIN + 20 * DAY, at -> 0.02, at -> 0.01);
        crawl(now + 20 * DAY, SharesTest::byDay, at -> 0.01);
        assertThat(alerts.stream().filter(alert -> !alert.isOver())).hasSize(2);
    }

    @Test
    void aPageThatIsKeptForTheScraperIsToldOnceAndItsEndOnce() {
        crawl(BEGIN + 10 * DAY, SharesTest::byDay, at -> 0.01);
        long stopped = now;
        crawl(now + 3 * DAY, at -> 0, at -> 0.01);
        assertThat(alerts).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(Kind.UNCHANGED);
            assertThat(alert.isOver()).isFalse();
            assertThat(alert.atMillis() - stopped).isLessThan(26 * HOUR);
            assertThat(alert.records()).isGreaterThan(2 * (long) alert.usual());
        });
        assertThat(shares.open()).containsEntry("unchanged", 1L);
        crawl(now + 2 * DAY, SharesTest::byDay, at -> 0.01);
        assertThat(alerts).hasSize(2);
        assertThat(alerts.get(1).isOver()).isTrue();
        assertThat(alerts.get(1).sinceMillis()).isEqualTo(alerts.get(0).sinceMillis());
    }

    @Test
    void aBrokenParserIsToldAfterTwoCrawls() {
        crawl(BEGIN + 3 * DAY, at -> 0.02, at -> 0.01);
        long broken = now;
        crawl(now + 2 * HOUR, at -> 0.97, at -> 0.01);
        assertThat(alerts).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(Kind.CHANGED);
            assertThat(alert.share()).isGreaterThan(0.9);
            assertThat(alert.usual()).isLessThan(0.1);
            assertThat(alert.sinceMillis()).isEqualTo(broken);
            assertThat(alert.atMillis() - broken).isEqualTo(HOUR);
        });
        crawl(now + DAY, at -> 0.02, at -> 0.01);
        assertThat(alerts).hasSize(2);
        assertThat(alerts.get(1).isOver()).isTrue();
    }

    /** The window in which it begins is half of the one and half of the other: nothing is to be learned of it. */
    @Test
    void whatBeginsWithinAWindowIsToldToo() {
        crawl(BEGIN + 10 * DAY, at -> 0.02, at -> 0.01);
        crawl(now + 30 * MINUTE, at -> 0.6, at -> 0.15);
        crawl(now + 90 * MINUTE, at -> 1, at -> 0.3);
        assertThat(alerts).extracting(ShareAlert::kind).containsExactlyInAnyOrder(Kind.CHANGED, Kind.REFUSED);
    }

    @Test
    void refusalsAreToldAgainstTheirOwnPast() {
        crawl(BEGIN + 3 * DAY, at -> 0.02, at -> 0.15);
        crawl(now + 4 * HOUR, at -> 0.02, at -> 0.25);
        assertThat(alerts).as("not yet twice as many as usual").isEmpty();
        crawl(now + 4 * HOUR, at -> 0.02, at -> 0.7);
        assertThat(alerts).extracting(ShareAlert::kind).containsExactly(Kind.REFUSED);
    }

    @Test
    void whatHasComeTwiceIsUsual() {
        LongToDoubleFunction saturdays = at -> Math.floorMod(Math.floorDiv(at, DAY), 7L) == 2 ? 0.95 : 0.02;
        crawl(BEGIN + 60 * DAY, saturdays, at -> 0.01);
        assertThat(alerts.stream().filter(alert -> !alert.isOver())).hasSize(2);
    }

    @Test
    void nothingIsJudgedOfWhatNobodyKnows() {
        crawl(BEGIN + 3 * DAY, at -> 0.02, at -> 0.01);
        for (int i = 0; i < 20; i++) {
            now += 30 * MINUTE;
            records += CRAWL;
            changed += CRAWL;
            shares.skip(Map.of("shop", new Shares.Count(records, refused, changed)), now);
        }
        crawl(now + DAY, at -> 0.02, at -> 0.01);
        assertThat(alerts).isEmpty();
    }

    @Test
    void wilsonsBoundIsThatOfTheBook() {
        assertThat(HighShare.lowest(50, 100)).isBetween(0.31, 0.32);
        assertThat(HighShare.lowest(100, 100)).isBetween(0.86, 0.87);
        assertThat(HighShare.lowest(0, 100)).isBetween(-1e-9, 1e-9);
    }
}
