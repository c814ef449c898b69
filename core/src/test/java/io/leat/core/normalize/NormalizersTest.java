package io.leat.core.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.normalize.Normalized.Ambiguous;
import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Normalized.Unparsed;
import io.leat.core.normalize.Timestamps.Order;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizersTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.5e-06 | 0.0000015",
                "0.0000015 | 0.0000015",
                "1,234.5 | 1234.5",
                "-3 | -3",
                "1 234 567 | 1234567",
                "20° | 20",
                "3,5 % | 3.5",
                "16 GB | 16",
                "0.333 | 0.333"
            })
    void aNumberIsExact(String text, String number) {
        assertThat(Numbers.read(text, Locality.AUTO)).isEqualTo(new Normal<>(new BigDecimal(number)));
    }

    @Test
    void aNumberOfTwoMeaningsIsAmbiguousUnlessTheLocalityDecides() {
        assertThat(Numbers.read("1.299", Locality.AUTO)).isInstanceOf(Ambiguous.class);
        assertThat(Numbers.read("1.299", Locality.parse("fr"))).isEqualTo(new Normal<>(new BigDecimal("1299")));
        assertThat(Numbers.read("3 of 5", Locality.AUTO)).isInstanceOf(Unparsed.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,99 € / 100 g | 19.9 | kg", "$2.50 per lb | 5.511557 | kg", "(1 kg = 19,90 €) | 19.9 | kg",
                "12,50 €/l | 12.5 | l", "£3.00/500ml | 6 | l", "4,00 zł za szt. | 4 | piece"
            })
    void aUnitPriceIsThatOfTheBaseUnit(String text, String amount, String unit) {
        Normalized<UnitPrice> read = UnitPrices.read(text, null, Locality.AUTO);
        assertThat(read).as(text).isInstanceOf(Normal.class);
        UnitPrice price = ((Normal<UnitPrice>) read).value();
        assertThat(price.amount()).isEqualByComparingTo(amount);
        assertThat(price.unit()).isEqualTo(unit);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "In Stock | IN_STOCK",
                "http://schema.org/InStock | IN_STOCK",
                "https://schema.org/OutOfStock | OUT_OF_STOCK",
                "Nicht auf Lager | OUT_OF_STOCK",
                "Auf Lager, Lieferung in 2 Tagen | IN_STOCK",
                "Only 3 left in stock | LIMITED",
                "0 in stock | OUT_OF_STOCK",
                "15 | IN_STOCK",
                "0 | OUT_OF_STOCK",
                "Нет в наличии | OUT_OF_STOCK",
                "В наличии | IN_STOCK",
                "在庫あり | IN_STOCK",
                "품절 | OUT_OF_STOCK",
                "Rupture de stock | OUT_OF_STOCK",
                "Agotado | SOLD_OUT",
                "Pre-order now | PREORDER",
                "Skladem (5 ks) | IN_STOCK",
                "غير متوفر | OUT_OF_STOCK",
                "No longer available | DISCONTINUED",
                "Stokta yok | OUT_OF_STOCK",
                "暂时缺货 | OUT_OF_STOCK"
            })
    void availabilityIsReadInManyLanguages(String text, Availability meaning) {
        assertThat(Availabilities.with(Map.of()).read(text)).as(text).isEqualTo(new Normal<>(meaning));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Not sure if in stock", "In stock online, sold out in store", "kein Problem: auf Lager?"})
    void availabilityThatContradictsItselfIsNotGuessedAt(String text) {
        assertThat(Availabilities.with(Map.of()).read(text)).isInstanceOf(Ambiguous.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTPS://Shop.Example:443/a/../b?utm_source=x&id=7&fbclid=q#top | https://shop.example/b?id=7",
                "http://shop.example | http://shop.example/",
                "//shop.example/%7euser/%c3%a9é | https://shop.example/~user/%C3%A9%C3%A9",
                "https://shop.example/x?a=1&amp;b=2 | https://shop.example/x?a=1&b=2",
                "https://shop.example:8443/p?q=a%20b | https://shop.example:8443/p?q=a%20b"
            })
    void anAddressHasOneSpelling(String text, String url) {
        assertThat(Urls.usual().read(text)).isEqualTo(new Normal<>(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"javascript:alert(1)", "/relative", "https://user:secret@shop.example/", "https://", "mailto:a@b"
            })
    void whatIsNoAddressOfAPageIsNone(String text) {
        assertThat(Urls.usual().read(text)).isInstanceOf(Unparsed.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-02-07T17:22:01+01:00 | 2026-02-07T16:22:01Z", "2026-02-07 17:22 | 2026-02-07T16:22:00Z",
                "07.02.2026 17:22 | 2026-02-07T16:22:00Z", "13/02/2026 | 2026-02-12T23:00:00Z",
                "Sat, 07 Feb 2026 17:22:01 GMT | 2026-02-07T17:22:01Z", "Feb 7, 2026, 5:22 PM | 2026-02-07T16:22:00Z",
                "7. Februar 2026, 17:22 Uhr | 2026-02-07T16:22:00Z", "7 de febrero de 2026 | 2026-02-06T23:00:00Z",
                "7 февраля 2026 17:22 | 2026-02-07T16:22:00Z", "1770484921 | 2026-02-07T17:22:01Z",
                "1770484921250 | 2026-02-07T17:22:01.250Z"
            })
    void aMomentIsToldInUtc(String text, String moment) {
        assertThat(moment(text, BERLIN, Order.AUTO)).isEqualTo(new Normal<>(moment));
    }

    @Test
    void aMomentThatCanBeTwoIsAmbiguous() {
        assertThat(moment("07/02/2026", BERLIN, Order.AUTO)).isInstanceOf(Ambiguous.class);
        assertThat(moment("2026-02-07 17:22", null, Order.AUTO)).isInstanceOf(Ambiguous.class);
        assertThat(moment("2025-10-26 02:30", BERLIN, Order.AUTO)).isInstanceOf(Ambiguous.class);
        assertThat(moment("2026-03-29 02:30", BERLIN, Order.AUTO)).isInstanceOf(Unparsed.class);
        assertThat(moment("02/07/2026 12:00", BERLIN, Order.MONTH_FIRST))
                .isEqualTo(new Normal<>("2026-02-07T11:00:00Z"));
        assertThat(moment("2026-02-30", BERLIN, Order.AUTO)).isInstanceOf(Unparsed.class);
        assertThat(moment("two hours ago", BERLIN, Order.AUTO)).isInstanceOf(Unparsed.class);
    }

    private static Normalized<String> moment(String text, @Nullable ZoneId zone, Order order) {
        return Timestamps.of(new Normalizer.OfTimestamp(zone, order, List.of(), DateCalendar.GREGORIAN))
                .read(text);
    }

    @Test
    void textIsTidiedAndYesIsYes() {
        assertThat(Texts.read(" Cafe\u0301\u00a0&amp;\n <b>Bar</b>\u200b "))
                .isEqualTo(new Normal<>("Caf\u00e9 & <b>Bar</b>"));
        assertThat(Booleans.read("JA")).isEqualTo(new Normal<>(true));
        assertThat(Booleans.read("нет")).isEqualTo(new Normal<>(false));
        assertThat(Booleans.read("maybe")).isInstanceOf(Unparsed.class);
    }

    @Test
    void everyTableSaysItsVersion() {
        for (String name : new String[] {
            "availability", "booleans", "currencies", "dates", "entities", "money", "tracking", "units"
        }) {
            assertThat(Table.of(name).version()).as(name).isPositive();
        }
    }
}
