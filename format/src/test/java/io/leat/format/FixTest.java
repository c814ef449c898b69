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
