package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leat.core.Change;
import io.leat.core.Compared;
import io.leat.core.Evidence;
import io.leat.core.Op;
import io.leat.core.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden files are public API: a reader written today reads them for ever. */
class ChangeJsonTest {

    private static final Change NEW = new Change(
            "fj6cizclzrvy5t5ze3dlbw4ogu",
            "[\"amazon\",\"B00X\"]",
            1,
            Op.NEW,
            List.of(),
            null,
            "{\"extracted_at\":\"2026-02-07T17:22:01.25Z\",\"record\":{\"price\":10.5,\"title\":\"Café \\\"noir\\\"\"},"
                    + "\"source\":\"amazon\"}",
            1_770_484_921_250_000L,
            7,
            new Position("b2b-prices.raw", 3, 42),
            "",
            "",
            new Evidence(0, 1_770_484_921_250_000L, Evidence.UNKNOWN));

    private static final Change UPDATE = new Change(
            "mzxw6ytboi4dqnjrgaztgnbvgy",
            "[\"amazon\",\"B00X\"]",
            2,
            Op.UPDATE,
            List.of("record.price", "record.stock\\.eu"),
            new Compared(List.of("record.price", "record.stock\\.eu", "sold"), List.of("10.5", "null", "true")),
            "{\"record\":{\"price\":11,\"stock.eu\":4},\"sold\":true}",
            1_770_484_999_000_000L,
            -1,
            new Position("b2b-prices.raw", 3, 57),
            "price_update",
            "",
            new Evidence(12, 1_770_484_921_250_000L, 1_770_484_980_000_000L));

    private static final Change NORMALIZED = new Change(
            "fj6cizclzrvy5t5ze3dlbw4ogu",
            "[\"amazon\",\"B00X\"]",
            1,
            Op.NEW,
            List.of(),
            null,
            "{\"currency\":\"USD\",\"price\":1045.99,\"sku\":\"B00X\",\"source\":\"amazon\"}",
            1_770_484_921_250_000L,
            7,
            new Position("b2b-prices.raw", 3, 42),
            "",
            "{\"price\":\"$1,045.99\"}",
            new Evidence(0, 1_770_484_921_250_000L, Evidence.UNKNOWN));

    @Test
    void whatNormalizationReplacedIsWrittenAsTheGoldenFileSays() throws Exception {
        assertThat(ChangeJson.write("b2b-prices", NORMALIZED)).isEqualTo(golden("change-normalized.json"));
    }

    @Test
    void aNewKeyIsWrittenAsTheGoldenFileSays() throws Exception {
        assertThat(ChangeJson.write("b2b-prices", NEW)).isEqualTo(golden("change-new.json"));
    }

    @Test
    void anUpdateIsWrittenAsTheGoldenFileSays() throws Exception {
        assertThat(ChangeJson.write("b2b-prices", UPDATE)).isEqualTo(golden("change-update.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"change-new.json", "change-update.json", "change-normalized.json"})
    void theGoldenFilesAreReadBack(String file) throws Exception {
        Change change = ChangeJson.read(golden(file).getBytes(StandardCharsets.UTF_8));

        Change written = file.contains("normalized") ? NORMALIZED : file.contains("new") ? NEW : UPDATE;
        assertThat(change).isEqualTo(written);
    }

    @Test
    void aChangeToldBeforeThereWasEvidenceIsReadBack() throws Exception {
        String told = golden("change-update.json").replaceFirst(",\"unchanged\".*", "}");

        Change change = ChangeJson.read(told.getBytes(StandardCharsets.UTF_8));

        assertThat(change.contract()).isEqualTo("price_update");
        assertThat(change.evidence()).isEqualTo(Evidence.NONE);
    }

    @Test
    void averagesAreNestedLikeTheItemAndReadBack() {
        Compared means = new Compared(List.of("record.price", "votes"), List.of("10.25", "3"));
        Change averaged = new Change(
                NEW.id(),
                NEW.key(),
                NEW.seq(),
                NEW.op(),
                NEW.changed(),
                NEW.before(),
                NEW.after(),
                NEW.eventTime(),
                NEW.tie(),
                NEW.source(),
                NEW.contract(),
                NEW.scraped(),
                new Evidence(0, NEW.evidence().firstSeen(), Evidence.UNKNOWN, means));
        String json = ChangeJson.write("b2b-prices", averaged);
        assertThat(json).endsWith(",\"last_seen\":null,\"average\":{\"record\":{\"price\":10.25},\"votes\":3}}");
        assertThat(ChangeJson.read(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(averaged);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"id\":1}",
                "not json",
                "{\"id\":\"a\",\"key\":[],\"seq\":\"x\",\"op\":\"new\"}"
            })
    void whatIsNoChangeIsSaidSo(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChangeJson.read(json.getBytes(StandardCharsets.UTF_8)))
                .withMessageStartingWith("not a change");
    }

    private static String golden(String file) throws IOException {
        try (InputStream in = ChangeJsonTest.class.getResourceAsStream("/golden/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
