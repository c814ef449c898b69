package io.leat.app.feeding;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.Feeds;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private final Placement placement = new Placement(Feeds.shopPrices(), 4);

    private Placement.Place of(String json) {
        return placement.of(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void allScrapesOfAKeyShareAPartition() {
        for (int sku = 0; sku < 50; sku++) {
            int first = of("{\"shop\":\"a\",\"sku\":" + sku + ",\"price\":1}").partition();
            assertThat(of("{\"price\":2,\"sku\":" + sku + ".0,\"shop\":\"a\"}").partition())
                    .isEqualTo(first)
                    .isBetween(0, 3);
        }
    }

    @Test
    void aScrapeWithoutAKeyHasAPlaceAllTheSame() {
        assertThat(of("no json").key()).isNull();
        assertThat(of("no json").partition())
                .isEqualTo(of("no json").partition())
                .isBetween(0, 3);
    }
}
