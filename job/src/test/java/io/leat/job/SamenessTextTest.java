package io.leat.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Rules;
import io.leat.core.Sameness;
import io.leat.core.normalize.Normalization;
import io.leat.core.normalize.Normalizer;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A checkpoint of today is read tomorrow: {@code golden/sameness-1.txt} was written by the first build that had any. */
class SamenessTextTest {

    private static final FieldPath PRICE = FieldPath.parse("price");
    private static final FieldPath TITLE = FieldPath.parse("title");

    /** What that build called its rules. */
    private static final int FIRST = 0x7cba6051;

    private static final Sameness RULES = new Sameness(
            List.of(new Feed.KeyPart.Field(FieldPath.parse("sku")), new Feed.KeyPart.RestOf(null, List.of("at"))),
            new Feed.Comparison.Only(
                    List.of(PRICE, TITLE), List.of(new Feed.Comparison.FormerName(PRICE, FieldPath.parse("cost")))),
            List.of(
                    new Normalization(TITLE, new Normalizer.OfText(), false),
                    new Normalization(FieldPath.parse("stock"), new Normalizer.OfAvailability(Map.of()), true)),
            Map.of(PRICE, new Rules.Tolerance(new BigDecimal("1.5"), true)),
            Set.of(TITLE));

    @Test
    void whatTheFirstBuildWroteIsReadThoughItLeftTheKeyOut() throws IOException {
        Sameness read = Objects.requireNonNull(SamenessText.read(golden()));
        assertThat(read).isEqualTo(RULES.withKey(List.of()));
        assertThat(read.fingerprint()).as("named as the first build named it").isEqualTo(FIRST);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        assertThat(SamenessText.read(SamenessText.of(RULES))).isEqualTo(RULES);
    }

    @Test
    void whatIsNoneIsNothing() {
        assertThat(SamenessText.read("rO0ABXQAA2FiYw==")).isNull();
        assertThat(SamenessText.read("!")).isNull();
    }

    private static String golden() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(SamenessTextTest.class.getResourceAsStream("/golden/sameness-1.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
    }
}
