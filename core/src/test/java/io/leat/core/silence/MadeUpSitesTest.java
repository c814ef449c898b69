package io.leat.core.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.drift.Parts;
import io.leat.core.silence.SiteAlert.Kind;
import io.leat.core.silence.SiteAlert.State;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** Healthy sites of many paces, in virtual time: nobody is told to be silent; one that stops is, soon. */
class MadeUpSitesTest {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long BEGIN = 1_700_000_000_000L;

    private SplittableRandom random = new SplittableRandom(7);
    private final List<SiteAlert> alerts = new ArrayList<>();
    private Silences silences = new Silences(Silences.Expected.NOTHING);
    private long now = BEGIN;

    private void run(long until, long lookEvery, Map<String, LongUnaryOperator> gaps) {
        Map<String, Long> next = new TreeMap<>();
        gaps.forEach((site, gap) -> next.put(site, now + gap.applyAsLong(now)));
        while (now < until) {
            long look = now + lookEvery;
            for (Map.Entry<String, Long> each : next.entrySet()) {
                while (each.getValue() <= look) {
                    alerts.addAll(silences.saw(each.getKey(), each.getValue()));
                    each.setValue(each.getValue()
                            + Math.max(1, gaps.get(each.getKey()).applyAsLong(each.getValue())));
                }
            }
            now = look;
            alerts.addAll(silences.look(now));
        }
    }

    private void anew() {
        silences = new Silences(Silences.Expected.NOTHING);
    }

    private LongUnaryOperator every(long gap) {
        return at -> gap + random.nextLong(-gap / 20, gap / 20 + 1);
    }

    private LongUnaryOperator poisson(long mean) {
        return at -> (long) (-Math.log(1 - random.nextDouble()) * mean);
    }

    @Test
    void healthyCrawlsAreNeverTold() {
        run(BEGIN + 400 * DAY, 10 * SECOND, Map.of("every 6 h", every(6 * HOUR), "every 7 h", every(7 * HOUR)));
        anew();
        run(now + 400 * DAY, 10 * SECOND, Map.of("every day", every(DAY), "every week", every(7 * DAY)));
        anew();
        run(
                now + 200 * DAY,
                10 * SECOND,
                Map.of("skips", at -> every(6 * HOUR).applyAsLong(at) * (random.nextInt(100) < 3 ? 2 : 1)));
        anew();
        run(
                now + 60 * DAY,
                10 * SECOND,
                Map.of(
                        "sleeps",
                        at -> Math.floorMod(at, DAY) > 22 * HOUR
                                ? 8 * HOUR
                                : every(2 * MINUTE).applyAsLong(at)));
        assertThat(alerts).isEmpty();
    }

    @Test
    void chanceIsNotTold() {
        run(BEGIN + 30 * DAY, 10 * SECOND, Map.of("a minute", poisson(MINUTE)));
        anew();
        run(now + 300 * DAY, 10 * SECOND, Map.of("an hour", poisson(HOUR)));
        anew();
        random = new SplittableRandom(11);
        run(now + 100 * DAY, 10 * SECOND, Map.of("bursts", at -> (long) Math.exp(Math.log(MINUTE) + gaussian())));
        anew();
        run(now + 4 * DAY, SECOND, Map.of("a second", poisson(SECOND)));
        assertThat(alerts).isEmpty();
    }

    private double gaussian() {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    @Test
    void whoStopsIsToldOnceAndItsEndOnce() {
        run(BEGIN + 2 * DAY, SECOND, Map.of("fast", every(100), "slow", every(HOUR)));
        long stopped = now;
        run(now + 2 * HOUR, SECOND, Map.of("slow", every(10 * MINUTE)));
        assertThat(alerts).hasSize(2).allSatisfy(alert -> {
            assertThat(alert.kind()).isEqualTo(Kind.SILENCE);
            assertThat(alert.site()).isEqualTo("fast");
            assertThat(alert.sinceMillis()).isBetween(stopped - 200, stopped);
        });
        assertThat(alerts.get(0).state()).isEqualTo(State.STARTED);
        assertThat(alerts.get(0).atMillis() - stopped).isLessThanOrEqualTo(6 * SECOND);
        assertThat(alerts.get(1).state()).isEqualTo(State.WORSE);
        run(now + MINUTE, SECOND, Map.of("fast", every(100)));
        assertThat(alerts).hasSize(3);
        assertThat(alerts.get(2).state()).isEqualTo(State.OVER);
        assertThat(alerts.get(2).sinceMillis()).isEqualTo(alerts.get(0).sinceMillis());
    }

    @Test
    void whoTellsOnceASecondByChanceIsMissedWithinHalfAMinute() {
        run(BEGIN + 2 * DAY, SECOND, Map.of("fast", poisson(SECOND), "slow", every(HOUR)));
        assertThat(alerts).isEmpty();
        long stopped = now;
        run(now + 30 * SECOND, SECOND, Map.of("slow", every(10 * MINUTE)));
        assertThat(alerts).first().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(Kind.SILENCE);
            assertThat(alert.site()).isEqualTo("fast");
            assertThat(alert.atMillis() - stopped).isLessThan(30 * SECOND);
        });
    }

    @Test
    void aGapThatAPersonAcceptsIsUsualFromThenOn() {
        Map<String, LongUnaryOperator> crawl = Map.of("crawl", every(HOUR));
        run(BEGIN + 5 * DAY, 10 * SECOND, crawl);
        run(now + 8 * HOUR, 10 * SECOND, Map.of());
        long since = alerts.get(0).sinceMillis();
        silences.accept("crawl", since + 1);
        silences.accept("crawl", since);
        run(now + 2 * DAY, 10 * SECOND, crawl);
        alerts.clear();
        run(now + 8 * HOUR, 10 * SECOND, Map.of());
        assertThat(alerts).as("it is not told again").isEmpty();
        run(now + 12 * HOUR, 10 * SECOND, Map.of());
        assertThat(alerts).as("twice as long is").isNotEmpty();
    }

    @Test
    void aGapThatIsAcceptedWhenItIsOverIsUsualToo() {
        Map<String, LongUnaryOperator> crawl = Map.of("crawl", every(HOUR));
        run(BEGIN + 5 * DAY, 10 * SECOND, crawl);
        run(now + 8 * HOUR, 10 * SECOND, Map.of());
        run(now + 2 * DAY, 10 * SECOND, crawl);
        silences.accept("crawl", alerts.get(0).sinceMillis());
        alerts.clear();
        run(now + 8 * HOUR, 10 * SECOND, Map.of());
        assertThat(alerts).isEmpty();
    }

    @Test
    void aCrawlEverySixHoursIsToldAfterLessThanTwo() {
        run(BEGIN + 30 * DAY, 10 * SECOND, Map.of("crawl", every(6 * HOUR)));
        long stopped = now;
        run(now + DAY, 10 * SECOND, Map.of());
        assertThat(alerts).isNotEmpty();
        assertThat(alerts.get(0).atMillis() - stopped).isLessThan(13 * HOUR);
    }

    @Test
    void allAtOnceAreOneAlertAndNotTheirs() {
        Map<String, LongUnaryOperator> all =
                Map.of("a", every(100), "b", every(SECOND), "c", every(2 * SECOND), "d", every(30 * MINUTE));
        run(BEGIN + 3 * DAY, SECOND, all);
        run(now + HOUR, SECOND, Map.of());
        assertThat(alerts).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(Kind.INTAKE);
            assertThat(alert.site()).isEmpty();
            assertThat(alert.state()).isEqualTo(State.STARTED);
        });
        run(now + HOUR, SECOND, all);
        assertThat(alerts).hasSize(2);
        assertThat(alerts.get(1).state()).isEqualTo(State.OVER);
        assertThat(alerts.get(1).sinceMillis()).isEqualTo(alerts.get(0).sinceMillis());
    }

    @Test
    void aRestartAPauseAndABacklogAreNobodysSilence() {
        Map<String, LongUnaryOperator> all = Map.of("a", every(100), "b", every(SECOND));
        run(BEGIN + 2 * DAY, SECOND, all);
        now += 5 * HOUR; // nobody looks: the job stands, or reads what came meanwhile
        alerts.addAll(silences.look(now));
        run(now + HOUR, SECOND, all);
        assertThat(alerts).isEmpty();
    }

    /** Neither looks nor records come while the broker is out; while this process stands still the broker goes on. */
    @Test
    void anOutageOfTheBrokerAndAPauseOfTheProcessAreNobodysSilence() {
        Map<String, LongUnaryOperator> all = Map.of("a", every(200), "b", every(SECOND));
        for (long length : List.of(4_900L, 5_500L, 9_000L, 14_000L, 16_000L, 10 * MINUTE)) {
            anew();
            now = BEGIN;
            run(BEGIN + 25 * HOUR, SECOND, all);
            now += length;
            alerts.addAll(silences.look(now)); // before whoever sends is there again
            now += 300;
            run(now + 2 * MINUTE, SECOND, all);
            run(now + length, length, all);
            run(now + 2 * MINUTE, SECOND, all);
            assertThat(alerts).as("%s ms", length).isEmpty();
            run(now + MINUTE, SECOND, Map.of("b", every(SECOND)));
            assertThat(alerts).as("who falls silent later is told").isNotEmpty().allSatisfy(alert -> assertThat(
                            alert.site())
                    .isEqualTo("a"));
            alerts.clear();
        }
    }

    /** It crawls every minute from six to ten in the evening by the clock on its wall, which is put back and forth. */
    @Test
    void clocksThatArePutBackAndForthAreNobodysSilence() {
        ZoneId wall = ZoneId.of("America/New_York");
        LongUnaryOperator daily = at -> {
            ZonedDateTime next = Instant.ofEpochMilli(at).atZone(wall).plusMinutes(1);
            ZonedDateTime opens = next.toLocalDate().atTime(6, 0).atZone(wall);
            if (next.isBefore(opens)) {
                next = opens;
            } else if (next.getHour() >= 22) {
                next = next.toLocalDate().plusDays(1).atTime(6, 0).atZone(wall);
            }
            return next.toInstant().toEpochMilli() - at;
        };
        for (String begin : List.of("2026-02-20T12:00:00Z", "2026-10-15T12:00:00Z")) {
            anew();
            now = Instant.parse(begin).toEpochMilli();
            run(now + 25 * DAY, 10 * SECOND, Map.of("shop", daily));
        }
        assertThat(alerts).isEmpty();
    }

    @Test
    void afterARestartNothingIsJudgedForHalfAMinute() {
        Map<String, LongUnaryOperator> all = Map.of("a", every(100), "b", every(SECOND));
        run(BEGIN + 2 * DAY, SECOND, all);
        List<Object> remembered = new ArrayList<>();
        silences.pass(new Kept(remembered, false));
        silences = new Silences(Silences.Expected.NOTHING);
        silences.restore(new Kept(remembered, true), Silences.LAYOUT);
        long restarted = now;
        run(now + 10 * MINUTE, SECOND, Map.of("b", every(SECOND)));
        assertThat(alerts).isNotEmpty().allSatisfy(alert -> assertThat(alert.site())
                .isEqualTo("a"));
        assertThat(alerts.get(0).atMillis() - restarted).isBetween(30 * SECOND, 33 * SECOND);
        assertThat(alerts.get(0).limit()).as("what was learned is remembered").isEqualTo(5 * SECOND);
    }

    @Test
    void recordsOfOneMomentTakenTogetherComeToTheSameAsOneByOne() {
        Silences together = new Silences(Silences.Expected.NOTHING);
        List<SiteAlert> atOnce = new ArrayList<>();
        Map<String, LongUnaryOperator> gaps = Map.of("a", poisson(400), "b", poisson(2_000), "c", poisson(30_000));
        Map<String, Long> next = new TreeMap<>(Map.of("a", BEGIN, "b", BEGIN, "c", BEGIN));
        for (now = BEGIN; now < BEGIN + 3 * DAY; now += SECOND) {
            for (Map.Entry<String, Long> each : next.entrySet()) {
                boolean isCut = each.getKey().equals("a") && now > BEGIN + 2 * DAY && now / HOUR % 3 == 0;
                while (each.getValue() <= now) {
                    long at = each.getValue();
                    long records = isCut ? 0 : 1 + random.nextInt(4);
                    long refused = records == 0 ? 0 : random.nextLong(records);
                    for (long i = 0; i < records; i++) {
                        alerts.addAll(silences.saw(each.getKey(), at, 1, i < refused ? 1 : 0));
                    }
                    if (records > 0) {
                        atOnce.addAll(together.saw(each.getKey(), at, records, refused));
                    }
                    each.setValue(at + Math.max(1, gaps.get(each.getKey()).applyAsLong(at)));
                }
            }
            alerts.addAll(silences.look(now));
            atOnce.addAll(together.look(now));
        }
        assertThat(atOnce).isEqualTo(alerts).isNotEmpty();
        assertThat(together.figures()).isEqualTo(silences.figures());
        List<Object> one = new ArrayList<>();
        List<Object> other = new ArrayList<>();
        silences.pass(new Kept(one, false));
        together.pass(new Kept(other, false));
        assertThat(other).isEqualTo(one);
    }

    /** Takes what is remembered apart into a list, or puts it together from one. */
    private record Kept(List<Object> all, boolean gives) implements Parts {

        @SuppressWarnings("unchecked")
        private <T> T pass(T value) {
            if (gives) {
                return (T) all.remove(0);
            }
            all.add(value);
            return value;
        }

        @Override
        public double number(double value) {
            return pass(value);
        }

        @Override
        public long whole(long value) {
            return pass(value);
        }

        @Override
        public String text(String value) {
            return pass(value);
        }
    }

    @Test
    void clocksThatDifferAreNobodysSilence() {
        long ahead = 2 * MINUTE;
        for (long at = BEGIN; at < BEGIN + 2 * DAY; at += 500) {
            alerts.addAll(silences.saw("a", at));
            if (at % 1_000 == 0) {
                alerts.addAll(silences.look(at + ahead));
            }
        }
        assertThat(alerts).isEmpty();
    }

    @Test
    void aDeclaredPaceNeedsNoLearning() {
        silences = new Silences(new Silences.Expected(null, Map.of("crawl", HOUR)));
        run(BEGIN + 10 * SECOND, SECOND, Map.of("crawl", every(SECOND), "other", every(SECOND)));
        run(now + 2 * HOUR, SECOND, Map.of("other", every(SECOND)));
        assertThat(alerts).isNotEmpty().allSatisfy(alert -> assertThat(alert.site())
                .isEqualTo("crawl"));
        assertThat(alerts.get(0).is()).isBetween(90 * MINUTE, 91 * MINUTE);
    }

    @Test
    void aDropToAThirdAndASurgeAreToldWithinAMinute() {
        run(BEGIN + 2 * DAY, SECOND, Map.of("steady", poisson(100)));
        assertThat(alerts).isEmpty();
        long dropped = now;
        run(now + MINUTE, SECOND, Map.of("steady", poisson(333)));
        assertThat(alerts).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(Kind.DROP);
            assertThat(alert.atMillis() - dropped).isLessThan(MINUTE);
        });
        run(now + MINUTE, SECOND, Map.of("steady", poisson(100)));
        assertThat(alerts).hasSize(2);
        assertThat(alerts.get(1).state()).isEqualTo(State.OVER);
        run(now + MINUTE, SECOND, Map.of("steady", poisson(25)));
        assertThat(alerts).hasSize(3);
        assertThat(alerts.get(2).kind()).isEqualTo(Kind.SURGE);
    }
}
