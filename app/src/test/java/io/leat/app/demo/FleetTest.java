package io.leat.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.Feeds;
import io.leat.core.Changes;
import io.leat.core.Decision;
import io.leat.core.Known;
import io.leat.core.Position;
import io.leat.core.Verdict;
import io.leat.format.ScrapeReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FleetTest {

    private static final Instant BEGIN = Instant.parse("2026-01-05T08:00:00Z");

    private static List<Fleet.Scrape> scrapes(long seed, int seconds, int perSecond) {
        Fleet fleet = new Fleet(new Random(seed), BEGIN);
        List<Fleet.Scrape> scrapes = new ArrayList<>();
        for (int i = 0; i < seconds * perSecond; i++) {
            scrapes.add(fleet.next(BEGIN.plusMillis(i * 1000L / perSecond)));
        }
        return scrapes;
    }

    @Test
    void theSameSeedScrapesTheSame() {
        assertThat(scrapes(7, 30, 100)).isEqualTo(scrapes(7, 30, 100)).isNotEqualTo(scrapes(8, 30, 100));
    }

    @Test
    void oneShopFallsSilentAndReturns() {
        List<Fleet.Scrape> scrapes = scrapes(1, 60, 100);
        assertThat(scrapes.subList(2_000, 4_000))
                .noneMatch(scrape -> scrape.shop().equals(Fleet.QUIET_SHOP));
        assertThat(scrapes.subList(0, 2_000)).anyMatch(scrape -> scrape.shop().equals(Fleet.QUIET_SHOP));
        assertThat(scrapes.subList(4_000, 6_000))
                .anyMatch(scrape -> scrape.shop().equals(Fleet.QUIET_SHOP));
    }

    @Test
    void mostPricesStayAndEveryKindOfTroubleOccurs() {
        ScrapeReader reader = new ScrapeReader(Feeds.shopPrices());
        Changes changes = new Changes(Feeds.shopPrices());
        Map<String, Known> known = new HashMap<>();
        Map<String, Integer> count = new HashMap<>();
        for (Fleet.Scrape scrape : scrapes(1, 60, 200)) {
            Verdict verdict = reader.read(
                    scrape.json().getBytes(StandardCharsets.UTF_8),
                    BEGIN.plusSeconds(60).toEpochMilli(),
                    new Position("raw", 0, 0));
            String kind = "dead";
            if (verdict instanceof Verdict.Kept kept) {
                Decision decision = changes.decide(known.get(kept.item().key()), kept.item());
                kind = decision.getClass().getSimpleName();
                if (decision instanceof Decision.Told told) {
                    known.put(kept.item().key(), told.next());
                } else if (decision instanceof Decision.Unchanged unchanged) {
                    known.put(kept.item().key(), unchanged.next());
                }
            }
            count.merge(kind, 1, Integer::sum);
        }
        assertThat(count.get("Unchanged")).isGreaterThan(9_000);
        assertThat(count.get("Told")).isBetween(600, 2_000);
        assertThat(count.get("Stale")).isGreaterThan(100);
        assertThat(count.get("dead")).isGreaterThan(50);
    }
}
