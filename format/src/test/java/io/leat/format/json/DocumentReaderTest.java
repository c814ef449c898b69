package io.leat.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Limits;
import io.leat.core.Refusal;
import io.leat.core.Refusal.Code;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentReaderTest {

    private static final Limits SMALL = new Limits(400, 3, 12, 5, 7, 6, Limits.Duplicates.REFUSE);

    private static Refusal refusal(Limits limits, String json) {
        return new DocumentReader(limits).read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Code code(String json) {
        Refusal refusal = refusal(Limits.DEFAULT, json);
        return refusal == null ? null : refusal.code();
    }

    @Test
    void eachWayToBreakTheTextHasACodeOfItsOwn() {
        assertThat(code("")).isEqualTo(Code.NOT_JSON);
        assertThat(code("{\"a\":1")).isEqualTo(Code.NOT_JSON);
        assertThat(code("{'a':1}")).isEqualTo(Code.NOT_JSON);
        assertThat(code("{\"a\":\"x")).isEqualTo(Code.NOT_JSON);
        assertThat(code("{\"a\":01}")).isEqualTo(Code.NOT_JSON);
        assertThat(code("{\"a\":NaN}")).isEqualTo(Code.NOT_A_NUMBER);
        assertThat(code("{\"a\":-Infinity}")).isEqualTo(Code.NOT_A_NUMBER);
        assertThat(code("\ufeff{}")).isEqualTo(Code.BYTE_ORDER_MARK);
        assertThat(code("{} {}")).isEqualTo(Code.TRAILING_BYTES);
        assertThat(code("{\"a\":1,\"b\":2,\"\\u0061\":3}")).isEqualTo(Code.DUPLICATE_NAME);
        assertThat(code("{\"a\":1e99999999999}")).isEqualTo(Code.NUMBER_TOO_LONG);
        assertThat(code(" {\"a\":[1,{}],\"b\":\"\\u00e9\"}\r\n")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "7b22c3223a317d,       a sequence cut off",
        "7b2261223a22c0af227d, overlong",
        "7b2261223a22eda080227d, a surrogate",
        "7b2261223a22f4908080227d, beyond the last code point",
        "7b2261223a2280227d,   a sequence without a start",
        "7b2261223a22c3,       a sequence cut off by the end",
        "7b2261223aff7d,       outside of a text",
        "ff,                   nothing else",
    })
    void whatIsNotUtf8IsToldSo(String hex, String why) {
        Refusal refusal = new DocumentReader(Limits.DEFAULT).read(HexFormat.of().parseHex(hex.trim()));

        assertThat(refusal.code()).as(why).isEqualTo(Code.INVALID_UTF8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'abcde':1}                       |",
                "{'abcdef':1}                      | NAME_TOO_LONG",
                "{'\\u0061bcde':1}                 |",
                "{'äöüßé':'äöüßéàè'}               |",
                "{'a':'1234567'}                   |",
                "{'a':'12345678'}                  | STRING_TOO_LONG",
                "{'a':'\\u0031234567'}             |",
                "{'a':'\\ud83d\\ude0012345'}       |",
                "{'a':'\\ud83d\\ude00123456'}      | STRING_TOO_LONG",
                "{'a':-123456}                     |",
                "{'a':1234567}                     | NUMBER_TOO_LONG",
                "{'a':1.2345}                      |",
                "{'a':12.34e567}                   | NUMBER_TOO_LONG",
                "{'a':[[]]}                        |",
                "{'a':[[{}]]}                      | TOO_DEEP",
                "[1,2,3,4,5,6,7,8,9,10,11]         |",
                "[1,2,3,4,5,6,7,8,9,10,11,12]      | TOO_MANY_TOKENS",
                "{'a':1,'b':2,'c':3,'d':4,'e':5,'f':6} | TOO_MANY_TOKENS",
            })
    void eachLimitHoldsAtItsEdge(String json, Code expected) {
        Refusal refusal = refusal(SMALL, json.replace('\'', '"'));

        assertThat(refusal == null ? null : refusal.code()).isEqualTo(expected);
    }

    @Test
    void theLimitOfBytesHoldsAtItsEdge() {
        assertThat(refusal(SMALL, "{}" + " ".repeat(398))).isNull();
        assertThat(refusal(SMALL, "{}" + " ".repeat(399)).code()).isEqualTo(Code.TOO_LARGE);
    }

    @Test
    void aRefusalSaysWhatAndWhere() {
        assertThat(refusal(Limits.DEFAULT, "{\"a\" 1}").message()).isEqualTo("Expected ':', found '1' at byte 6.");
        assertThat(refusal(Limits.DEFAULT, "{\"a\u0001\":1}").message())
                .isEqualTo("A name is not ended; in it 0x01 at byte 4.");
        assertThat(refusal(Limits.DEFAULT, "{\"a\":1,\"a\":2}").message())
                .isEqualTo("The name 'a' is there twice in the object that ends at byte 14.");
        assertThat(refusal(Limits.DEFAULT, "[1").message()).isEqualTo("Expected ',' or ']', found the end at byte 3.");
    }

    @Test
    void theLastOfDuplicatesCountsWhereThatIsDeclared() {
        DocumentReader reader = new DocumentReader(new Limits(400, 9, 99, 9, 9, 9, Limits.Duplicates.LAST));

        assertThat(reader.read("{\"b\":{\"x\":1,\"x\":[2]},\"a\":1,\"b\":{\"y\":0,\"y\":\"\\\"\"},\"a\":3}"
                        .getBytes(StandardCharsets.UTF_8)))
                .isNull();
        assertThat(reader.document().canonical(Document.ROOT)).isEqualTo("{\"a\":3,\"b\":{\"y\":\"\\\"\"}}");
        assertThat(reader.document().size(Document.ROOT)).isEqualTo(2);
        assertThat(new String(reader.document().source(), StandardCharsets.UTF_8))
                .isEqualTo(reader.document().canonical(Document.ROOT));
    }

    @Test
    void anObjectOfManyNamesIsReadInLittleTime() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 60_000; i++) {
            json.append('"').append(Integer.toString(i * 7919 % 60_000, 36)).append("\":0,");
        }
        long begun = System.nanoTime();
        assertThat(code(json + "\"last\":1}")).isNull();
        assertThat(code(json + "\"0\":1}")).isEqualTo(Code.DUPLICATE_NAME);
        assertThat(System.nanoTime() - begun).isLessThan(5_000_000_000L);
    }

    @Test
    void aReaderReadsAgainAfterARefusalAndAfterALargeText() {
        DocumentReader reader = new DocumentReader(Limits.DEFAULT);
        assertThat(reader.read("{\"a\":".getBytes(StandardCharsets.UTF_8))).isNotNull();
        assertThat(reader.read(("[\"" + "x".repeat(200_000) + "\"" + ",1".repeat(50_000) + "]")
                        .getBytes(StandardCharsets.UTF_8)))
                .isNull();
        assertThat(reader.read("{\"b\":2}".getBytes(StandardCharsets.UTF_8))).isNull();
        assertThat(reader.document().canonical(Document.ROOT)).isEqualTo("{\"b\":2}");
    }

    @Test
    void pathsNameMembersAndPlaces() {
        DocumentReader reader = new DocumentReader(Limits.DEFAULT);
        reader.read("{\"a\":[0,{\"b\":[[],\"here\"]}],\"c\":1}".getBytes(StandardCharsets.UTF_8));
        Document document = reader.document();
        int here = Document.ROOT;
        while (document.kind(here) != JsonKind.STRING) {
            here++;
        }

        assertThat(document.pathTo(here)).containsExactly("a", "1", "b", "1");
        assertThat(document.pathTo(Document.ROOT)).isEmpty();
        assertThat(document.at(Name.path(java.util.List.of("a", "1")))).isEqualTo(Document.NONE);
        assertThat(document.kind(document.at(Name.path(java.util.List.of("a")))))
                .isEqualTo(JsonKind.ARRAY);
    }
}
