package io.leat.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.Feeds;
import io.leat.core.Change;
import io.leat.core.Compared;
import io.leat.core.Op;
import io.leat.core.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTextTest {

    private final ChangeText text = new ChangeText(Feeds.shopPrices());

    private static Change change(Op op, Compared before, String title) {
        return new Change(
                "id",
                "[\"bluepeak\",\"BL-001\"]",
                2,
                op,
                op == Op.NEW ? List.of() : List.of("price"),
                before,
                "{\"currency\":\"USD\",\"in_stock\":true,\"price\":24.9,\"shop\":\"bluepeak\",\"title\":\"" + title
                        + "\"}",
                1_700_000_000_000_000L,
                0,
                new Position("raw", 0, 1),
                "");
    }

    @Test
    void anUpdateSaysWhatChanged() {
        Compared before = new Compared(List.of("price", "currency", "in_stock"), List.of("29.9", "\"USD\"", "true"));
        ChangeText.Words words = text.words(change(Op.UPDATE, before, "x"));
        assertThat(words.key()).isEqualTo("bluepeak · BL-001");
        assertThat(words.what()).isEqualTo("price: 29.9 → 24.9");
    }

    @Test
    void aNewKeySaysItsFirstValues() {
        assertThat(text.words(change(Op.NEW, null, "x")).what()).isEqualTo("price 24.9, currency USD, in_stock true");
    }

    @Test
    void aLineHasTimeAndOp() {
        assertThat(text.line(change(Op.NEW, null, "x"))).startsWith("2023-11-14T22:13:20Z  new     bluepeak · BL-001");
    }
}
