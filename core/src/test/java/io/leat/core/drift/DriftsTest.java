package io.leat.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leat.core.drift.DriftAlert.State;
import io.leat.core.drift.Observation.Seen;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftsTest {

    private static final long STEP = 600_000;

    private final Drifts drifts = new Drifts();
    private long time;

    @Test
    void aFieldThatTurnsEmptyIsToldOnceAndItsEndOnce() {
        assertThat(see(Look.NUMBER, 500)).isEmpty();

        List<DriftAlert> alerts = see(Look.EMPTY, 100);

        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).now()).isEqualTo(Look.EMPTY);
        assertThat(alerts.get(0).before()).isEqualTo(Look.NUMBER);
        assertThat(alerts.get(0).records()).isLessThanOrEqualTo(50);
        assertThat(alerts.get(0).sinceMillis()).isEqualTo(501 * STEP);
        alerts = see(Look.NUMBER, 100);
        assertThat(alerts).extracting(DriftAlert::state).containsExactly(State.OVER);
        assertThat(alerts.get(0).number()).isEqualTo(1);
    }

    @Test
    void aShareThatIsUsualIsNone() {
        List<DriftAlert> alerts = new ArrayList<>();
        for (int crawl = 0; crawl < 30; crawl++) {
            alerts.addAll(see(Look.NUMBER, 160));
            alerts.addAll(see(Look.EMPTY, 40)); // odd items stand together at the end of each crawl
        }
        assertThat(alerts).isEmpty();
    }

    @Test
    void aFieldThatWasOftenEmptyAndIsNotThereAnyMoreIsOne() {
        List<DriftAlert> alerts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            alerts.addAll(see(Look.NUMBER, 2));
            alerts.addAll(see(Look.EMPTY, 1));
        }
        assertThat(alerts).isEmpty();
        alerts = see("price_now", Look.NUMBER, 50);
        assertThat(alerts).singleElement().satisfies(alert -> {
            assertThat(alert.field()).isEqualTo("price");
            assertThat(alert.now()).isEqualTo(Look.ABSENT);
            assertThat(alert.before()).isEqualTo(Look.NUMBER);
            assertThat(alert.records()).isLessThanOrEqualTo(5);
        });
    }

    @Test
    void aTypeThatTakesTheOldOnesPlaceIsOneEvenWhereMostAreEmpty() {
        for (int i = 0; i < 200; i++) {
            see(Look.TEXT, 1);
            see(Look.EMPTY, 2);
        }
        List<DriftAlert> alerts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            alerts.addAll(see(Look.NUMBER, 2));
            alerts.addAll(see(Look.EMPTY, 1));
        }
        assertThat(alerts).singleElement().satisfies(alert -> {
            assertThat(alert.now()).isEqualTo(Look.NUMBER);
            assertThat(alert.before()).isEqualTo(Look.TEXT);
        });
    }

    @Test
    void aClusterOfWhatWasSeenNowAndThenIsNone() {
        List<DriftAlert> alerts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            alerts.addAll(see(Look.TEXT, 300));
            alerts.addAll(see(Look.EMPTY, 1));
        }
        alerts.addAll(see(Look.EMPTY, 40));
        alerts.addAll(see(Look.TEXT, 100));
        assertThat(alerts).isEmpty();
    }

    @Test
    void whatReturnsWithinADayKeepsItsNumberAndLaterHasAnother() {
        see(Look.TEXT, 1_000);
        assertThat(see(Look.NUMBER, 10)).extracting(DriftAlert::number).containsExactly(1);
        assertThat(see(Look.TEXT, 30)).extracting(DriftAlert::state).containsExactly(State.OVER);
        assertThat(see(Look.NUMBER, 60))
                .extracting(DriftAlert::state, DriftAlert::number)
                .containsExactly(tuple(State.STARTED, 1));
        assertThat(see(Look.TEXT, 5_000)).extracting(DriftAlert::state).containsExactly(State.OVER);
        assertThat(see(Look.NUMBER, 200)).extracting(DriftAlert::number).containsExactly(2);
    }

    @Test
    void aFieldThatComesAnewIsNone() {
        see("title", Look.TEXT, 500);
        assertThat(see("discount", Look.NUMBER, 200))
                .noneMatch(alert -> alert.field().equals("discount"));
    }

    @Test
    void whatIsRefusedIsADriftToo() {
        see(Look.TEXT, 500);
        assertThat(see(Look.REFUSED, 50)).extracting(DriftAlert::now).containsExactly(Look.REFUSED);
    }

    @Test
    void whatLastsIsSettled() {
        see(Look.NUMBER, 500);
        assertThat(see(Look.TEXT, 6_000)).extracting(DriftAlert::state).containsExactly(State.STARTED, State.SETTLED);
        assertThat(see(Look.TEXT, 1_000)).isEmpty();
    }

    @Test
    void whatIsRememberedGoesOnElsewhere() {
        see(Look.NUMBER, 500);
        see(Look.EMPTY, 2);
        Deque<Object> parts = new ArrayDeque<>();
        drifts.pass(new Parts() {
            @Override
            public double number(double value) {
                parts.add(value);
                return value;
            }

            @Override
            public long whole(long value) {
                parts.add(value);
                return value;
            }

            @Override
            public String text(String value) {
                parts.add(value);
                return value;
            }
        });
        Drifts elsewhere = new Drifts();
        elsewhere.pass(new Parts() {
            @Override
            public double number(double value) {
                return (Double) parts.remove();
            }

            @Override
            public long whole(long value) {
                return (Long) parts.remove();
            }

            @Override
            public String text(String value) {
                return (String) parts.remove();
            }
        });
        assertThat(parts).isEmpty();
        for (int i = 0; i < 50; i++) {
            time += STEP;
            Observation one = new Observation("shop", Map.of("price", new Seen(Look.EMPTY, null)));
            assertThat(elsewhere.observe(one, time)).isEqualTo(drifts.observe(one, time));
        }
    }

    /** Sites whose fields look so, mostly; now and then otherwise, in runs; and at times otherwise for good. */
    @Test
    void scrapesTakenTogetherComeToTheSameAsOneByOne() {
        Random random = new Random(11);
        Drifts together = new Drifts();
        List<DriftAlert> oneByOne = new ArrayList<>();
        List<DriftAlert> atOnce = new ArrayList<>();
        Map<List<Look>, Observation> known = new HashMap<>();
        Look[] usual = {Look.NUMBER, Look.TEXT};
        for (int i = 0; i < 60_000; i++) {
            if (random.nextInt(3_000) == 0) {
                usual[random.nextInt(2)] = Look.at(random.nextInt(Look.COUNT));
            }
            Look first = random.nextInt(200) == 0 ? Look.EMPTY : usual[0];
            Look second = random.nextInt(3) == 0 ? Look.EMPTY : usual[1];
            Observation one = known.computeIfAbsent(
                    List.of(first, second),
                    looks -> new Observation(
                            "shop", Map.of("a", new Seen(looks.get(0), null), "b", new Seen(looks.get(1), null))));
            long[] times = new long[1 + random.nextInt(random.nextInt(20) == 0 ? 400 : 8)];
            for (int j = 0; j < times.length; j++) {
                time += 1 + random.nextInt(20_000);
                times[j] = time;
                oneByOne.addAll(drifts.observe(one, time));
            }
            int cut = random.nextInt(times.length);
            if (cut > 0) {
                atOnce.addAll(together.observe(one, times, 0, cut));
            }
            atOnce.addAll(together.observe(one, times, cut, times.length));
        }
        assertThat(atOnce).containsExactlyInAnyOrderElementsOf(oneByOne).hasSizeGreaterThan(20);
    }

    private List<DriftAlert> see(Look look, int times) {
        return see("price", look, times);
    }

    private List<DriftAlert> see(String field, Look look, int times) {
        List<DriftAlert> alerts = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            time += STEP;
            alerts.addAll(drifts.observe(new Observation("shop", Map.of(field, new Seen(look, null))), time));
        }
        return alerts;
    }
}
