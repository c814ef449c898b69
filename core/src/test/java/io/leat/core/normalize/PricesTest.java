package io.leat.core.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.normalize.Money.Several;
import io.leat.core.normalize.Normalized.Absent;
import io.leat.core.normalize.Normalized.Ambiguous;
import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Normalized.Unparsed;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PricesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "$1,045.99 | 1045.99 | USD",
                "1.234,56 € | 1234.56 | EUR",
                "1 234,50 zł | 1234.50 | PLN",
                "CHF 1'000.– | 1000 | CHF",
                "₹1,00,000 | 100000 | INR",
                "₹12,34,567.50 | 1234567.50 | INR",
                "1 234,50 € | 1234.50 | EUR",
                "12,- € | 12 | EUR",
                "35€ 99 | 35.99 | EUR",
                "AU $59.95 | 59.95 | AUD",
                "$1,190.00 AUD | 1190.00 | AUD",
                "&euro;&nbsp;19,99 | 19.99 | EUR",
                "423.923 KD | 423.923 | KWD",
                "￥３,５００円 | 3500 | JPY",
                "٢٥٠٫٥٠ ر.س | 250.50 | SAR",
                "-5,00 € | -5.00 | EUR",
                "129,00 € (-15%) | 129.00 | EUR",
                "ab 15.08.2017: 9,99 € | 9.99 | EUR"
            })
    void aPriceOfOneMeaningIsExact(String text, String amount, String currency) {
        Money money = money(text, Locality.AUTO);

        assertThat(money.amount()).isEqualByComparingTo(new BigDecimal(amount));
        assertThat(money.in().codes()).containsExactly(currency);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.299", "€1,299", "$3.459", "CHF 20 EUR", "1 2 3"})
    void aPriceOfSeveralMeaningsIsNotGuessedAt(String text) {
        assertThat(read(text)).isNotInstanceOf(Normal.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Only 3 left",
                "64GB",
                "15.08.2017",
                "40% OFF",
                "call 555 1234",
                "MX924",
                "1.2.3.4",
                "€ 1,23,4",
                "3 stars",
                "12:30",
                "Печная труба"
            })
    void whatIsNoPriceIsNone(String text) {
        assertThat(read(text)).isInstanceOf(Unparsed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \u00a0", "-", "n/a", "Preis auf Anfrage"})
    void whatTellsNoPriceIsAbsent(String text) {
        assertThat(read(text)).isInstanceOf(Absent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Free", "kostenlos", "GRATIS!", "бесплатно", "無料"})
    void freeIsNothing(String text) {
        assertThat(money(text, Locality.AUTO).amount()).isZero();
    }

    @Test
    void aSharedMarkNamesEveryCurrencyItCanMean() {
        assertThat(money("100 kr", Locality.AUTO).in().codes()).containsExactly("DKK", "ISK", "NOK", "SEK");
        assertThat(money("100 kr", Locality.parse("sv-SE")).in().codes()).containsExactly("SEK");
        assertThat(money("$5", Locality.parse("en-CA")).in().codes()).containsExactly("CAD");
    }

    @Test
    void theFieldBesideDecidesWhatTheMarkLeavesOpen() {
        assertThat(money("$5", "AUD").in().codes()).containsExactly("AUD");
        assertThat(money("5", "CHF").in().codes()).containsExactly("CHF");
        assertThat(money("£54.17", "USD").in().codes()).containsExactly("GBP");
        assertThat(money("5", "Add to cart").in().codes()).isEmpty();
    }

    @Test
    void theLocalityDecidesWhatTheShapeLeavesOpen() {
        assertThat(money("1.299", Locality.parse("de")).amount()).isEqualByComparingTo("1299");
        assertThat(money("1.299", Locality.parse("en-IN")).amount()).isEqualByComparingTo("1.299");
        assertThat(money("1,299 €", Locality.parse("en-IE")).amount()).isEqualByComparingTo("1299");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2 for $5",
                "2/$5",
                "Buy 2 for £10",
                "Any 3 for £12",
                "3 für 10 €",
                "2 por 5 €",
                "3 за 200 руб",
                "(2 for $5)",
                "$49+",
                "From $49+",
                "49,90 €+",
                "12 Euro 50"
            })
    void whatSeveralCostOrTheLeastOfManyPricesIsNotGuessedAt(String text) {
        assertThat(read(text)).isInstanceOf(Ambiguous.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Free Shipping on Orders $49+", "1/2 €", "₹2 Cr"})
    void aThresholdAndHalfANumberAreNone(String text) {
        assertThat(read(text)).isInstanceOf(Unparsed.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 for 2 €9.99 | 9.99",
                "1 for $5 | 5",
                "Pack of 2 for $5 | 5",
                "Pixel 8 for $899 | 899",
                "Samsung S24 за 79 990 ₽ | 79990",
                "$19.99 Free Shipping on Orders $49+ | 19.99",
                "€6.56 + VAT | 6.56",
                "€6.56+ VAT | 6.56",
                "₹1.5 lakh | 150000"
            })
    void aFigureOfTheNameAndAPlusThatAddsLeaveThePriceClear(String text, String amount) {
        assertThat(money(text, Locality.AUTO).amount()).isEqualByComparingTo(new BigDecimal(amount));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "39.995 | 39.995",
                "R39.995 | 39.995",
                "R 12.995/kg | 12.995",
                "R1,299.00 | 1299",
                "R 1 299.95 | 1299.95",
                "R 39,99 | 39.99"
            })
    void southAfricanShopsWriteThePoint(String text, String amount) {
        assertThat(money(text, Locality.parse("en-ZA")).amount()).isEqualByComparingTo(new BigDecimal(amount));
    }

    @Test
    void aTextTooLongForAPriceIsRefusedWithItsLimit() {
        String words = "word ".repeat(50);
        assertThat(read(words + "$5")).isEqualTo(new Unparsed<>("longer than 250 characters in one line"));
        assertThat(read(" \n".repeat(300) + "$5" + " ".repeat(90))).isInstanceOf(Normal.class);
        assertThat(read(" ".repeat(1_000) + "$5")).isEqualTo(new Unparsed<>("longer than 1000 characters"));
    }

    @Test
    void theDeclaredOneOfSeveralCounts() {
        String range = "841,00 – 995,00 zł";
        assertThat(several(range, Several.FIRST)).isEqualByComparingTo("841");
        assertThat(several(range, Several.HIGHEST)).isEqualByComparingTo("995");
        assertThat(several("Was $9.99 now $7.99", Several.LOWEST)).isEqualByComparingTo("7.99");
        assertThat(Prices.read(range, null, Locality.AUTO, Several.REFUSE)).isInstanceOf(Ambiguous.class);
    }

    @Test
    void everyTextOfTheTableIsReadAsItSays() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : lines("prices.tsv")) {
            String[] cells = line.split("\t", -1);
            Normalized<Money> read = read(cells[0]);
            String told = read instanceof Normal<Money> normal
                    ? normal.value().amount().stripTrailingZeros().toPlainString() + " "
                            + Objects.requireNonNullElse(normal.value().in().word(), "-")
                    : "- -";
            String expected = cells[1].equals("-")
                    ? "- -"
                    : new BigDecimal(cells[1]).stripTrailingZeros().toPlainString() + " " + cells[2];
            if (!told.equals(expected)) {
                wrong.add(cells[0] + ": " + told + " instead of " + expected + " " + read);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyCountrysCurrencyIsKnownWithTheMarkItHasThere() {
        List<String> unknown = new ArrayList<>();
        Set<String> countries = Set.of(Locale.getISOCountries());
        int seen = 0;
        for (Locale locale : Locale.getAvailableLocales()) {
            Currency currency = countries.contains(locale.getCountry()) ? Currency.getInstance(locale) : null;
            if (currency == null) {
                continue;
            }
            String code = currency.getCurrencyCode();
            assertThat(money("1 " + code, Locality.AUTO).in().codes()).containsExactly(code);
            String text = "1.00\u00a0" + currency.getSymbol(locale);
            Normalized<Money> read =
                    Prices.read(text, null, Locality.parse("en-" + locale.getCountry()), Several.FIRST);
            seen++;
            if (!(read instanceof Normal<Money> normal
                    && normal.value().in().codes().equals(List.of(code)))) {
                unknown.add(locale + " " + text + " " + read);
            }
        }
        System.out.printf("marks of countries: %d locales, unknown: %s%n", seen, unknown);
        assertThat(unknown).hasSizeLessThan(seen / 50);
    }

    @Test
    void whatAnAmountIsInIsToldAsFarAsItIsKnown() {
        assertThat(money("1 ₶", Locality.AUTO).in()).isEqualTo(new Denomination(List.of(), "₶", false));
        assertThat(money("5", Locality.AUTO).in()).isEqualTo(Denomination.UNTOLD);
        assertThat(money("99¢", "USD").in()).isEqualTo(new Denomination(List.of(), "¢", true));
        assertThat(money("50p", Locality.AUTO).in().isHundredths()).isTrue();
        assertThat(money("50p", Locality.parse("ru-RU")).in()).isEqualTo(new Denomination(List.of("RUB"), "p", false));
        assertThat(read("$0.99¢")).isInstanceOf(Ambiguous.class);
    }

    @Test
    void aTextWithoutEndIsRefusedAtOnce() {
        assertThat(read("1,".repeat(100_000))).isInstanceOf(Unparsed.class);
        assertThat(read("1 ".repeat(499))).isNotInstanceOf(Normal.class);
    }

    private static List<String> lines(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(PricesTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    private static BigDecimal several(String text, Several several) {
        return ((Normal<Money>) Prices.read(text, null, Locality.AUTO, several))
                .value()
                .amount();
    }

    private static Money money(String text, Locality locality) {
        Normalized<Money> read = Prices.read(text, null, locality, Several.FIRST);
        assertThat(read).as(text).isInstanceOf(Normal.class);
        return ((Normal<Money>) read).value();
    }

    private static Money money(String text, String hint) {
        return ((Normal<Money>) Prices.read(text, hint, Locality.AUTO, Several.FIRST)).value();
    }

    private static Normalized<Money> read(String text) {
        return Prices.read(text, null, Locality.AUTO, Several.FIRST);
    }
}
