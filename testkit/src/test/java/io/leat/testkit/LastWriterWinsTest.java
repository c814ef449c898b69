package io.leat.testkit;

import static io.leat.testkit.Lines.change;
import static io.leat.testkit.Lines.raw;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.testkit.ChangeLogCheck.Expect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastWriterWinsTest {

    @Test
    void everyRecordIsCountedOnce() {
        LastWriterWins reference = folded(
                raw("a", 1, "1"),
                raw("a", 2, "1.0"),
                raw("a", 3, "2"),
                raw("a", 2, "7"),
                raw("a", 3, "2"),
                text("{\"k\":\"a\""),
                text("[1]"),
                text("{\"k\":null,\"t\":\"2026-01-01T00:00:00Z\"}"),
                text("{\"k\":\"a\",\"t\":\"2026-02-30T00:00:00Z\"}"),
                text("{\"k\":\"a\"}"));
        assertThat(reference.expectedTally()).isEqualTo(new ExpectedTally(10, 2, 1, 2, 5, 0));
    }

    @Test
    void aBrokenContractIsRefused() {
        LastWriterWins reference =
                new LastWriterWins(Lines.SHAPE.withContract(rec -> rec.path("v").isNumber()));
        reference.add(raw("a", 1, "\"x\""));
        reference.add(raw("a", 1, "1"));
        assertThat(reference.expectedTally()).isEqualTo(new ExpectedTally(2, 1, 0, 0, 1, 0));
    }

    @Test
    void ofTwoRecordsOfOneMomentEitherMayWin() {
        LastWriterWins reference = folded(raw("a", 1, "1"), raw("a", 5, "2"), raw("a", 5, "3"), raw("a", 5, "2"));
        assertThat(reference.isUndecided("[\"a\"]")).isTrue();
        assertThat(reference.expectedTally()).isEqualTo(new ExpectedTally(4, 2, 0, 1, 0, 1));
        assertThat(reference.expectedTally().allows(3, 0, 1, 0)).isTrue();
        assertThat(reference.expectedTally().allows(2, 0, 1, 0)).isFalse();
        for (String last : List.of("2", "3")) {
            assertThat(finalFaults(reference, last)).isZero();
        }
        assertThat(finalFaults(reference, "4")).isEqualTo(1);
    }

    @Test
    void aLaterRecordEndsTheDoubtAboutTheFinalValue() {
        LastWriterWins reference = folded(raw("a", 5, "2"), raw("a", 5, "3"), raw("a", 6, "2"));
        assertThat(finalFaults(reference, "2")).isZero();
        assertThat(finalFaults(reference, "3")).isEqualTo(1);
        assertThat(reference.isUndecided("[\"a\"]")).isTrue();
    }

    @Test
    void aDeclaredTieDecides() {
        LastWriterWins reference = new LastWriterWins(Lines.SHAPE.withTie("n"));
        for (int n : new int[] {2, 3, 1}) {
            reference.add(text("{\"k\":\"a\",\"t\":\"2026-01-01T00:00:00Z\",\"v\":%d,\"n\":%d}".formatted(n, n)));
        }
        assertThat(reference.expectedTally()).isEqualTo(new ExpectedTally(3, 2, 0, 1, 0, 0));
        assertThat(finalFaults(reference, "3")).isZero();
        assertThat(finalFaults(reference, "2")).isEqualTo(1);
    }

    @Test
    void absentIsNullAndUnicodeFormsAreOne() {
        LastWriterWins reference = folded(
                text("{\"k\":\"a\",\"t\":\"2026-01-01T00:00:01Z\"}"),
                text("{\"k\":\"a\",\"t\":\"2026-01-01T00:00:02Z\",\"v\":null}"),
                text("{\"k\":\"a\",\"t\":\"2026-01-01T00:00:03Z\",\"v\":\"\u00e9\"}"),
                text("{\"k\":\"a\",\"t\":\"2026-01-01T00:00:04Z\",\"v\":\"e\u0301\"}"));
        assertThat(reference.expectedTally()).isEqualTo(new ExpectedTally(4, 2, 2, 0, 0, 0));
    }

    @Test
    void allButSomeFieldsAreComparedLeafByLeaf() {
        ComparedFields fields = ComparedFields.allBut("n", "a.b");
        assertThat(text(fields, "{\"n\":1,\"a\":{\"b\":2,\"c\":1.0},\"d\":null}"))
                .isEqualTo(text(fields, "{\"a\":{\"c\":1,\"b\":5}}"));
        assertThat(text(fields, "{\"a\":{\"c\":1}}")).isNotEqualTo(text(fields, "{\"a\":{\"c\":2}}"));
        assertThat(text(fields, "{\"a.c\":1}")).isNotEqualTo(text(fields, "{\"a\":{\"c\":1}}"));
    }

    @Test
    void aKeyMayHoldTheRestOfAnObject() {
        Shape.Key key = Shape.Key.fieldsAndRest(List.of("source", "record.name"), "record", "name", "price");
        String rec = "{\"source\":\"s\",\"record\":{\"name\":\"n\",\"price\":1,\"z\":1.50,\"b\":null}}";
        assertThat(key.of(PlainJson.parse(rec))).isEqualTo("[\"s\",\"n\",{\"b\":null,\"z\":1.5}]");
    }

    private static String text(ComparedFields fields, String item) {
        return fields.text(PlainJson.parse(item));
    }

    private static long finalFaults(LastWriterWins reference, String last) {
        ChangeLogCheck check = new ChangeLogCheck(Lines.COMPARED);
        check.add(0, change("a1", "a", 1, 1, null, "1"));
        check.add(0, change("a2", "a", 2, 5, "1", last));
        return check.against(reference, Expect.FINAL_VALUES).count(Fault.FINAL);
    }

    private static LastWriterWins folded(byte[]... records) {
        LastWriterWins reference = new LastWriterWins(Lines.SHAPE);
        for (byte[] rec : records) {
            reference.add(rec);
        }
        return reference;
    }

    private static byte[] text(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
