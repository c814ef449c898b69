package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FixTest {

    @Test
    void aFieldGetsTheValueOfItsExpression() {
        assertThat(fixed("a.price=double(scrape.a.price) / 100.0", "{\"a\":{\"price\":\"1999\"},\"b\":1}"))
                .isEqualTo("{\"a\":{\"price\":19.99},\"b\":1}");
        assertThat(fixed("site=scrape.url.startsWith('https://x.') ? 'x' : 'other'", "{\"url\":\"https://x.example\"}"))
                .isEqualTo("{\"site\":\"x\",\"url\":\"https://x.example\"}");
        assertThat(fixed("n=scrape.n + 1", "{\"n\":900000000000000001}")).isEqualTo("{\"n\":900000000000000002}");
    }

    @Test
    void numbersOfAScrapeStayExact() {
        assertThat(fixed("price=scrape.price/100.0", "{\"price\":1999}")).isEqualTo("{\"price\":19.99}");
        assertThat(fixed("price=scrape.price / 100", "{\"price\":1999}")).isEqualTo("{\"price\":19.99}");
        assertThat(fixed("price=scrape.price * 2", "{\"junk\":1e400,\"price\":0.1234567890123456789012345}"))
                .isEqualTo("{\"junk\":1e400,\"price\":0.246913578024691357802469}");
        assertThat(fixed("n=size(scrape.tags)", "{\"tags\":[1,2]}")).isEqualTo("{\"n\":2,\"tags\":[1,2]}");
        assertThat(fixed("small=scrape.small", "{\"small\":1.5E-7}")).isEqualTo("{\"small\":0.00000015}");
    }

    @Test
    void textsAreMended() {
        assertThat(fixed("price=double(scrape.price.replace(',', '.'))", "{\"price\":\"12,50\"}"))
                .isEqualTo("{\"price\":12.5}");
        assertThat(fixed(
                        "price=double(scrape.price.replace('.', '').replace(',', '.').split(' ')[0])",
                        "{\"price\":\"1.234,56 EUR\"}"))
                .isEqualTo("{\"price\":1234.56}");
        assertThat(fixed("sku=scrape.sku.trim().upperAscii()", "{\"sku\":\" a-é1 \"}"))
                .isEqualTo("{\"sku\":\"A-é1\"}");
        assertThat(fixed("sku=scrape.sku.lowerAscii()", "{\"sku\":\"ABÉ\"}")).isEqualTo("{\"sku\":\"abÉ\"}");
        assertThat(fixed("sku=scrape.sku.replace('a', '')", "{\"sku\":7}"))
                .as("no text")
                .isNull();
        assertThat(fixed("sku=scrape.sku.replace('', 'b')", "{\"sku\":\"a\"}"))
                .as("everywhere and nowhere")
                .isNull();
    }

    @Test
    void noTextGrowsWithoutAnEnd() {
        String tenfold = ".replace('a', 'aaaaaaaaaa')".repeat(9);
        assertThat(fixed("t=scrape.t" + tenfold, "{\"t\":\"a\"}")).isNull();
        assertThat(fixed("t=string(size(scrape.t" + ".replace('a', 'aaaaaaaaaa')".repeat(4) + "))", "{\"t\":\"a\"}"))
                .isEqualTo("{\"t\":\"10000\"}");
    }

    @Test
    void whatTheExpressionCannotAnswerStaysAsItIs() {
        assertThat(fixed("price=scrape.absent * 2", "{\"price\":1}")).isNull();
        assertThat(fixed("a.b=1", "{\"a\":7}")).isNull();
        assertThat(fixed("a=1", "not json")).isNull();
        assertThat(fixed("a=[1, 2]", "{\"a\":7}")).isNull();
    }

    @Test
    void whatIsNoFixIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Fix.parse("price"));
        assertThatIllegalArgumentException().isThrownBy(() -> Fix.parse("price=(("));
        assertThatIllegalArgumentException().isThrownBy(() -> Fix.parse("price=nobody.price"));
    }

    private static String fixed(String fix, String scrape) {
        return Fix.parse(fix)
                .apply(scrape.getBytes(StandardCharsets.UTF_8))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse(null);
    }
}
