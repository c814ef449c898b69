package io.leat.format.propose;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Feed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Made-up shops in shapes that differ from one another: what is proposed for each, and when it asks instead. */
class ProposingTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    private Path dir;

    private final Random random = new Random(7);

    /** An article at one moment. */
    private record Seen(int crawl, int article, int place, int cents, boolean isThere, int views, Instant at) {}

    /** Twelve crawls of 60 articles; returns the records and counts how many prices and stocks truly changed. */
    private List<byte[]> records(Function<Seen, String> record) {
        List<byte[]> records = new ArrayList<>();
        int[] cents = random.ints(60, 500, 90_000).toArray();
        boolean[] there = new boolean[60];
        int[] views = new int[60];
        List<Integer> order = new ArrayList<>();
        for (int article = 0; article < 60; article++) {
            order.add(article);
        }
        Instant at = START;
        for (int crawl = 0; crawl < 12; crawl++) {
            Collections.shuffle(order, random);
            at = at.plusSeconds(3_600);
            for (int place = 0; place < 60; place++) {
                int article = order.get(place);
                boolean moves = crawl > 0 && random.nextInt(10) == 0;
                cents[article] += moves ? 7 : 0;
                boolean turns = crawl > 0 && random.nextInt(20) == 0;
                there[article] ^= turns;
                changes += moves || turns ? 1 : 0;
                views[article] += random.nextInt(9);
                String text = record.apply(new Seen(
                        crawl,
                        article,
                        place,
                        cents[article],
                        there[article],
                        views[article],
                        at.plusMillis(place * 37L)));
                records.add(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        return records;
    }

    private int changes;

    private static Proposal propose(List<byte[]> records) {
        return propose(records, Proposal.Answers.NONE);
    }

    private static Proposal propose(List<byte[]> records, Proposal.Answers answers) {
        return new Proposing("shop", "item.schema.json", answers).from(new Scrapes() {
            @Override
            public void read(Taker taker) {
                for (int i = 0; i < records.size() && taker.take(records.get(i), (double) i / records.size()); i++) {
                    // it was taken
                }
            }

            @Override
            public boolean isRepeatable() {
                return true;
            }
        });
    }

    private Rehearsal rehearse(Proposal proposal, List<byte[]> records) throws IOException {
        Feed feed = RealStream.feed(dir, (Proposal.Files) proposal);
        Rehearsal rehearsal = new Rehearsal(feed, change -> {});
        records.forEach(each -> rehearsal.take(each, RealStream.NOW));
        return rehearsal;
    }

    private static String german(Seen seen) {
        return ("{\"haendler\":\"alpha\",\"Artikelnummer\":%d,\"platz\":%d,\"titel\":\"Artikel %d\",\"preis\":\"%d,%02d €\","
                        + "\"lager\":\"%s\",\"aufrufe\":%d,\"ts\":%d}")
                .formatted(
                        1_000 + seen.article(),
                        seen.place(),
                        seen.article() / 2,
                        seen.cents() / 100,
                        seen.cents() % 100,
                        seen.isThere() ? "Auf Lager" : "Nicht verfügbar",
                        seen.views(),
                        seen.at().toEpochMilli());
    }

    @Test
    void aShopWithTextsInGermanIsReadAsItIsMeant() throws IOException {
        List<byte[]> records = records(ProposingTest::german);
        Proposal proposal = propose(records);
        assertThat(((Proposal.Files) proposal).feed())
                .contains("key: [Artikelnummer]", "time: {field: ts, format: epoch_ms}")
                .contains("preis: {as: money, currency: currency}", "lager: {as: availability}")
                .containsPattern("Ignored:(?s:.)*aufrufe");
        Rehearsal rehearsal = rehearse(proposal, records);
        assertThat(rehearsal.updates()).isEqualTo(changes);
        assertThat(rehearsal.tally().dead()).isZero();
    }

    @Test
    void aPlaceInTheListIsNoKeyThoughEachCrawlHasItOnce() {
        List<byte[]> records = records(seen -> "{\"slot\":%d,\"sku\":\"S-%d\",\"price\":%d,\"scraped_at\":\"%s\"}"
                .formatted(seen.place(), seen.article(), seen.cents(), seen.at()));
        assertThat(((Proposal.Files) propose(records)).feed()).contains("key: [sku]");
    }

    @Test
    void whatOneCrawlSharesIsFoundAndTwoVariantsOfANameNeedBothFields() throws IOException {
        List<byte[]> records = records(seen ->
                "{\"crawl\":\"c%d\",\"at\":\"%s\",\"item\":{\"name\":\"Chair %d\",\"colour\":\"%s\",\"cost\":%d.5}}"
                        .formatted(
                                seen.crawl(),
                                START.plusSeconds(seen.crawl() * 3_600L),
                                seen.article() / 2,
                                seen.article() % 2 == 0 ? "red" : "blue",
                                seen.cents()));
        Proposal proposal = propose(records);
        assertThat(((Proposal.Files) proposal).feed()).contains("key: [item.name, item.colour]");
        assertThat(rehearse(proposal, records).tally().stale()).isZero();
    }

    @Test
    void withoutAMomentItAsksForOne() {
        List<byte[]> records =
                records(seen -> "{\"sku\":\"S-%d\",\"price\":%d}".formatted(seen.article(), seen.cents()));
        assertThat(((Proposal.Questions) propose(records)).asked())
                .singleElement()
                .asString()
                .contains("No field tells when a record was scraped", "--time FIELD");
    }

    @Test
    void whereNothingComesAgainItAsksForAKey() {
        List<byte[]> records = records(seen -> "{\"n\":\"%d-%d\",\"price\":%d,\"at\":\"%s\"}"
                .formatted(seen.crawl(), seen.article(), seen.cents(), seen.at()));
        assertThat(((Proposal.Questions) propose(records)).asked())
                .singleElement()
                .asString()
                .contains("No field comes again", "--identify-by FIELD");
    }

    @Test
    void anItemsOwnClockThatStandsStillIsNotTakenForTheScrapers() {
        List<byte[]> records = records(seen -> "{\"id\":%d,\"published\":\"%s\",\"stamp\":\"%s\",\"price\":%d}"
                .formatted(seen.article(), START, seen.at(), seen.cents()));
        assertThat(((Proposal.Files) propose(records)).feed()).contains("time: {field: stamp}");
    }

    @Test
    void aMomentWithoutOffsetIsTakenForUtcAndSaidSo() {
        List<byte[]> records = records(seen -> "{\"id\":%d,\"at\":\"%s\",\"price\":%d}"
                .formatted(seen.article(), seen.at().toString().replace("Z", ""), seen.cents()));
        Proposal.Files files = (Proposal.Files) propose(records);
        assertThat(files.feed()).contains("format: utc");
        assertThat(files.doubts()).anyMatch(doubt -> doubt.contains("has no offset"));
    }

    @Test
    void partsOfATotalAreNotComparedBesideIt() {
        List<byte[]> records =
                records(seen -> "{\"id\":%d,\"at\":\"%s\",\"free\":%d,\"free_small\":%d,\"free_large\":%d}"
                        .formatted(
                                seen.article(),
                                seen.at(),
                                seen.cents(),
                                seen.cents() / 3,
                                seen.cents() - seen.cents() / 3));
        assertThat(((Proposal.Files) propose(records)).feed())
                .containsPattern("compare:\n    - free   #")
                .contains("a part of free");
    }

    @Test
    void aRenamedPriceIsNoChangeOfEveryItem() throws IOException {
        List<byte[]> records = records(seen -> "{\"id\":%d,\"at\":\"%s\",\"%s\":%d}"
                .formatted(seen.article(), seen.at(), seen.crawl() < 5 ? "price_eur" : "price", seen.cents()));
        Proposal.Files files = (Proposal.Files) propose(records);
        assertThat(files.feed()).contains("formerly:\n    price: [price_eur]");
        assertThat(files.doubts()).anyMatch(doubt -> doubt.startsWith("formerly:"));
        assertThat(rehearse(files, records).updates()).isLessThan(120);
    }

    @Test
    void whatAPersonAnswersIsTaken() {
        List<byte[]> records = records(ProposingTest::german);
        Proposal proposal = propose(records, new Proposal.Answers(List.of("haendler", "Artikelnummer"), "ts"));
        assertThat(((Proposal.Files) proposal).feed()).contains("key: [haendler, Artikelnummer]");
        Proposal wrong = propose(records, new Proposal.Answers(List.of("sku"), ""));
        assertThat(((Proposal.Questions) wrong).asked()).anyMatch(each -> each.contains("'sku'"));
    }

    @Test
    void namesThatYamlWouldReadOtherwiseAreQuoted() throws IOException {
        List<byte[]> records = records(seen -> "{\"№: id\":%d,\"zeit #\":\"%s\",\"a.b\":{\"price \\\"x\\\"\":%d}}"
                .formatted(seen.article(), seen.at(), seen.cents()));
        assertThat(rehearse(propose(records), records).tally().dead()).isZero();
    }

    @Test
    void tinyMovesAreShownAsATolerance() {
        List<byte[]> records = records(seen -> String.format(
                Locale.ROOT,
                "{\"id\":%d,\"at\":\"%s\",\"price\":%.2f}",
                seen.article(),
                seen.at(),
                1_000 + (seen.views() % 3) * 0.5));
        assertThat(((Proposal.Files) propose(records)).feed()).contains("# tolerance: {price: 1%}");
    }
}
