package io.leat.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangeIdTest {

    @Test
    void theIdFollowsFromContentAlone() {
        assertThat(ChangeId.of("shop", "[\"a\"]", 1_700_000_000_000_000L, 42, Op.NEW))
                .isEqualTo(ChangeId.of("shop", "[\"a\"]", 1_700_000_000_000_000L, 42, Op.NEW))
                .matches("[a-z2-7]{26}");
    }

    @Test
    void everyPartOfItCounts() {
        assertThat(Set.of(
                        ChangeId.of("shop", "[\"a\"]", 1, 2, Op.NEW),
                        ChangeId.of("shop", "[\"a\"]", 1, 2, Op.UPDATE),
                        ChangeId.of("shop", "[\"a\"]", 1, 3, Op.NEW),
                        ChangeId.of("shop", "[\"a\"]", 2, 2, Op.NEW),
                        ChangeId.of("shop", "[\"b\"]", 1, 2, Op.NEW),
                        ChangeId.of("shops", "[\"a\"]", 1, 2, Op.NEW)))
                .hasSize(6);
    }

    @Test
    void theIdIsPublicAndMustNeverChange() {
        assertThat(ChangeId.of("b2b-prices", "[\"amazon\",\"B00X\"]", 1_770_484_921_000_000L, 7, Op.UPDATE))
                .isEqualTo("fj6cizclzrvy5t5ze3dlbw4ogu");
    }

    @Test
    void theTieIsTheFirstEightBytesOfSha256() {
        assertThat(ChangeId.tie("abc")).isEqualTo(0xba7816bf8f01cfeaL);
    }
}
