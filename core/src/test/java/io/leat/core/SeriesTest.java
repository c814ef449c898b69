package io.leat.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeriesTest {

    private static Series of(Series.Point... points) {
        Series series = Series.EMPTY;
        for (Series.Point point : points) {
            series = series.plus(point);
        }
        return series;
    }

    private static Series.Point at(long time, String value) {
        return new Series.Point(time, 0, value);
    }

    @Test
    void nothingHasNoFigures() {
        assertThat(Series.EMPTY.mean()).isNull();
        assertThat(Series.EMPTY.rate()).isNull();
    }

    @Test
    void sumsAreExact() {
        Series series = of(at(1, "0.1"), at(2, "0.2"), at(3, "12345678901234567890"));
        assertThat(series.sum()).hasToString("12345678901234567890.3");
        assertThat(of(at(1, "0.1"), at(2, "0.2")).mean()).isEqualByComparingTo("0.15");
        assertThat(of(at(1, "1"), at(2, "1"), at(3, "0")).mean()).hasToString("0.6666666666666667");
    }

    @Test
    void theRateComparesTheNewestWithTheOldest() {
        assertThat(of(at(2, "9"), at(3, "21"), at(1, "20")).rate()).isEqualByComparingTo("0.05");
        assertThat(of(at(1, "-20"), at(2, "-21")).rate()).isEqualByComparingTo("-0.05");
        assertThat(of(at(1, "0"), at(2, "5")).rate()).isNull();
        assertThat(of(at(1, "\"a\""), at(2, "5")).rate()).isNull();
    }

    @Test
    void whatIsNoNumberCountsAndIsNotSummed() {
        Series series = of(at(1, "\"a\""), at(2, "3"), at(3, "true"), at(4, "1e999999999"), at(5, "-2"));
        assertThat(series.count()).isEqualTo(5);
        assertThat(series.numbers()).isEqualTo(2);
        assertThat(series.sum()).isEqualByComparingTo("1");
        assertThat(series.least()).isEqualByComparingTo("-2");
        assertThat(series.greatest()).isEqualByComparingTo("3");
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() {
        List<Series.Point> points = new ArrayList<>();
        Random random = new Random(5);
        for (int i = 0; i < 50; i++) {
            points.add(new Series.Point(random.nextInt(10), i, Integer.toString(random.nextInt(100))));
        }
        Series once = of(points.toArray(Series.Point[]::new));
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(points, random);
            assertThat(of(points.toArray(Series.Point[]::new))).isEqualTo(once);
        }
    }
}
