package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.normalize.Normalization;
import io.leat.format.feedfile.DeclaredNormalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a normalizer puts out it reads as the same again: dead letters are fed again, and feeds feed feeds. */
class RereadTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "money | {\"value\":\"1.299 KWD\"}",
                "money | {\"value\":\"£0.1234\"}",
                "money | {\"value\":\"-5,00 €\"}",
                "money | {\"value\":\"99¢\"}",
                "money | {\"value\":\"100 kr\"}",
                "money | {\"value\":\"1 ₶\"}",
                "money | {\"value\":\"5 F CFA\"}",
                "money | {\"value\":\"1.5 Mio. €\"}",
                "money | {\"value\":\"GBp 1250\"}",
                "unit_price | {\"value\":\"1,99 € / 100 g\"}",
                "unit_price | {\"value\":\"$2.50/lb\"}",
                "unit_price | {\"value\":\"12.5p/100g\"}",
                "number | {\"value\":\"1.2K\"}",
                "number | {\"value\":\"1.299,5\"}",
                "number | {\"value\":\"1e-7\"}"
            })
    void whatIsPutOutIsReadAsItself(String as, String rec) {
        Normalizing normalizing = normalizing(as, Map.of());
        String once = ((Normalizing.Done) normalizing.apply(rec)).item();

        Normalizing.Done twice = (Normalizing.Done) normalizing.apply(once);
        assertThat(once).doesNotContain("\"value\":\"");
        assertThat(twice.item()).isEqualTo(once);
        assertThat(twice.scraped()).isEmpty();
    }

    @Test
    void aNumberOfNoKnownUnitIsNoUnitPrice() {
        assertThat(normalizing("unit_price", Map.of()).apply("{\"value\":5}")).isInstanceOf(Normalizing.Failed.class);
        assertThat(((Normalizing.Done) normalizing("unit_price", Map.of()).apply("{\"unit\":\"100 g\",\"value\":5}"))
                        .item())
                .isEqualTo("{\"currency\":null,\"unit\":\"kg\",\"value\":50}");
    }

    @Test
    void whatIsBelowZeroIsRefusedIfTheFeedSaysSo() {
        Normalizing refusing = normalizing("money", Map.of("negative", "refuse"));

        assertThat(refusing.apply("{\"value\":\"-5,00 €\"}")).isInstanceOf(Normalizing.Failed.class);
        assertThat(refusing.apply("{\"value\":-5}")).isInstanceOf(Normalizing.Failed.class);
        assertThat(refusing.apply("{\"value\":\"5,00 €\"}")).isInstanceOf(Normalizing.Done.class);
    }

    @Test
    void hundredthsAreNeverToldWithoutTheirMark() {
        Normalizing nested = normalizing("money", Map.of("currency", "offer.currency"));

        assertThat(((Normalizing.Done) nested.apply("{\"value\":\"99¢\"}")).item())
                .isEqualTo("{\"offer\":{\"currency\":\"¢\"},\"value\":99}");
        assertThat(nested.apply("{\"offer\":\"sold\",\"value\":\"99¢\"}")).isInstanceOf(Normalizing.Failed.class);
    }

    private static Normalizing normalizing(String as, Map<String, String> options) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("as", as));
        if (!as.equals("number")) {
            all.put("currency", "currency");
        }
        if (as.equals("unit_price")) {
            all.put("unit", "unit");
        }
        all.putAll(options);
        Normalization declared =
                Objects.requireNonNull(DeclaredNormalizer.of(all).normalization());
        return new Normalizing(List.of(declared));
    }
}
