package io.leat.core.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.normalize.Normalized.Ambiguous;
import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Normalized.Unparsed;
import io.leat.core.normalize.Timestamps.Order;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimestampsTest {

    private static final Timestamps UTC = reader(Order.AUTO, List.of(), DateCalendar.GREGORIAN);

    /** Languages that are not known, and that share a short name of a month with one that is, for another month. */
    private static final Set<String> HOMONYMS = Set.of("bas", "dav", "dua", "lu", "mfe", "teo");

    private static Timestamps reader(Order order, List<String> languages, DateCalendar calendar) {
        return Timestamps.of(new Normalizer.OfTimestamp(ZoneOffset.UTC, order, languages, calendar));
    }

    @Test
    void whatProgramsAndPagesOfManyLanguagesWriteIsToldInUtc() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : AvailabilitiesTest.lines("moments.tsv")) {
            String[] cells = line.split("\t", -1);
            String told = UTC.read(cells[0]) instanceof Normal<String> normal ? normal.value() : "-";
            if (!told.equals(cells[1])) {
                wrong.add(cells[0] + ": " + cells[1] + ", told " + told + " " + UTC.read(cells[0]));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatTheJdkWritesInAnyLocaleIsReadBackOrRefusedAndNeverWrong() {
        long seed = Long.getLong("leat.seed", 17);
        SplittableRandom random = new SplittableRandom(seed);
        List<String> wrong = new ArrayList<>();
        int right = 0;
        for (Locale locale : Locale.getAvailableLocales()) {
            for (FormatStyle date : FormatStyle.values()) {
                for (FormatStyle time : List.of(FormatStyle.LONG, FormatStyle.MEDIUM, FormatStyle.SHORT)) {
                    ZonedDateTime moment = Instant.ofEpochSecond(random.nextLong(946_684_800L, 2_200_000_000L))
                            .atZone(ZoneId.of("UTC"));
                    String text = DateTimeFormatter.ofLocalizedDateTime(date, time)
                            .withLocale(locale)
                            .format(moment);
                    Instant told =
                            UTC.read(text) instanceof Normal<String> normal ? Instant.parse(normal.value()) : null;
                    Instant meant =
                            (time == FormatStyle.SHORT ? moment.truncatedTo(ChronoUnit.MINUTES) : moment).toInstant();
                    right += meant.equals(told) ? 1 : 0;
                    if (told != null && !told.equals(meant) && !HOMONYMS.contains(locale.getLanguage())) {
                        wrong.add(locale + " " + text + " " + told);
                    }
                }
            }
        }
        assertThat(wrong).as("seed %d", seed).isEmpty();
        assertThat(right).isGreaterThan(4_000);
    }

    @Test
    void whatIsToldIsReadAsTheSameAgain() {
        SplittableRandom random = new SplittableRandom(3);
        List<Timestamps> readers = List.of(
                UTC,
                reader(Order.MONTH_FIRST, List.of("en"), DateCalendar.GREGORIAN),
                reader(Order.AUTO, List.of(), DateCalendar.BUDDHIST),
                reader(Order.AUTO, List.of("fa"), DateCalendar.PERSIAN));
        for (int i = 0; i < 2_000; i++) {
            String told = Moments.text(
                    random.nextLong(-62_135_596_800L, 253_402_300_799L),
                    random.nextInt(1_000_000) * (i % 3 == 0 ? 0 : 1_000));
            for (Timestamps reader : readers) {
                assertThat(reader.read(told)).isEqualTo(new Normal<>(told));
            }
            assertThat(Instant.parse(told)).hasToString(told);
        }
    }

    @Test
    void languagesSettleANameThatSeveralShare() {
        String text = "12. listopada 2025";

        assertThat(UTC.read(text)).isInstanceOf(Ambiguous.class);
        assertThat(reader(Order.AUTO, List.of("hr"), DateCalendar.GREGORIAN).read(text))
                .isEqualTo(new Normal<>("2025-10-12T00:00:00Z"));
        assertThat(reader(Order.AUTO, List.of("pl"), DateCalendar.GREGORIAN).read(text))
                .isEqualTo(new Normal<>("2025-11-12T00:00:00Z"));
        assertThat(reader(Order.AUTO, List.of("pl"), DateCalendar.GREGORIAN).read("7 février 2026"))
                .isInstanceOf(Unparsed.class);
    }

    @Test
    void anotherCalendarIsReadWhereItIsDeclared() {
        assertThat(reader(Order.AUTO, List.of(), DateCalendar.BUDDHIST).read("12 มี.ค. 2560"))
                .isEqualTo(new Normal<>("2017-03-12T00:00:00Z"));
        Timestamps persian = reader(Order.AUTO, List.of(), DateCalendar.PERSIAN);
        assertThat(persian.read("1401/03/31")).isEqualTo(new Normal<>("2022-06-21T00:00:00Z"));
        assertThat(persian.read("۳۰ اسفند ۱۳۹۹")).isEqualTo(new Normal<>("2021-03-20T00:00:00Z"));
        assertThat(persian.read("1400/12/30")).isInstanceOf(Unparsed.class);
        assertThat(reader(Order.AUTO, List.of(), DateCalendar.ISLAMIC).read("1447-08-19"))
                .isEqualTo(new Normal<>("2026-02-07T00:00:00Z"));
        assertThat(UTC.read("1401/03/31")).isInstanceOf(Unparsed.class);
    }

    @Test
    void theDeclaredOrderHoldsForSlashesAndIsDoubtedBesidePoints() {
        Timestamps monthFirst = reader(Order.MONTH_FIRST, List.of(), DateCalendar.GREGORIAN);

        assertThat(monthFirst.read("02/07/2026")).isEqualTo(new Normal<>("2026-02-07T00:00:00Z"));
        assertThat(monthFirst.read("7.2.2026")).isInstanceOf(Ambiguous.class);
        assertThat(monthFirst.read("13/02/2026")).isInstanceOf(Unparsed.class);
    }
}
