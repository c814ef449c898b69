package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.CrawlEnded;
import io.leat.core.Feed;
import io.leat.core.Position;
import io.leat.core.Refusal;
import io.leat.core.Verdict;
import io.leat.format.feedfile.FeedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrawlEndReaderTest {

    private static final long NOON = 1_772_366_400L;

    @TempDir
    private Path dir;

    private Verdict read(String more, String record) throws IOException {
        Path file = Files.writeString(
                dir.resolve("feed.yaml"),
                """
                feed: marks
                key: [shop, sku]
                time: {field: at, %s}
                changes:
                  compare: [price]
                  gone:
                    by: shop
                    crawl_end: {field: event, value: "crawl/terminé", started: began, site: shop}
                """
                        .formatted(more.isEmpty() ? "format: epoch_s" : more.lines().findFirst().orElseThrow())
                        + more.lines().skip(1).reduce("", (a, b) -> a + b + "\n"));
        Feed feed = ((FeedFile.Valid) FeedFile.read(file, name -> null)).feed();
        return new ScrapeReader(feed)
                .read(record.getBytes(StandardCharsets.UTF_8), NOON * 1_000, new Position("marks.raw", 0, 0));
    }

    private static Refusal.Code refused(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return ((Verdict.Refused) verdict).refusal().code();
    }

    @Test
    void aMarkIsKnownByItsValueHoweverThatIsWritten() throws IOException {
        Verdict expected = new Verdict.Ended(new CrawlEnded("\"x\"", (NOON - 60) * 1_000_000, NOON * 1_000_000));
        for (String event : new String[] {"crawl/terminé", "crawl\\/termin\\u00e9", "\\u0063rawl/terminé"}) {
            assertThat(read(
                            "",
                            "{\"event\":\"%s\",\"shop\":\"x\",\"began\":%d,\"at\":%d}"
                                    .formatted(event, NOON - 60, NOON)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void aMarkFromTheFutureIsADeadLetterLikeAnyScrape() throws IOException {
        String mark = "{\"event\":\"crawl/terminé\",\"shop\":\"y\",\"began\":1,\"at\":%d}";
        assertThat(refused(read("", mark.formatted(NOON + 86_400)))).isEqualTo(Refusal.Code.TIME_IN_FUTURE);
        assertThat(refused(read("", mark.formatted(NOON * 1_000)))).isEqualTo(Refusal.Code.TIME_INVALID);
    }

    @Test
    void aMarkThatBeganAfterItsEndOrNamesNoSiteIsADeadLetter() throws IOException {
        assertThat(refused(read(
                        "",
                        "{\"event\":\"crawl/terminé\",\"shop\":\"x\",\"began\":%d,\"at\":%d}"
                                .formatted(NOON, NOON - 1))))
                .isEqualTo(Refusal.Code.TIME_INVALID);
        assertThat(refused(read("", "{\"event\":\"crawl/terminé\",\"began\":1,\"at\":2}")))
                .isEqualTo(Refusal.Code.KEY_MISSING);
    }

    @Test
    void itsTimesAndItsSiteAreReadAsThoseOfScrapesAre() throws IOException {
        String normalize =
                """
                format: rfc3339
                normalize: {shop: text, at: {as: timestamp, zone: Europe/Berlin, order: day_first}}
                """;
        assertThat(read(
                        normalize,
                        "{\"event\":\"crawl/terminé\",\"shop\":\"  x  y \","
                                + "\"began\":\"01.03.2026 12:59\",\"at\":\"01.03.2026 13:00\",\"price\":\"?\"}"))
                .isEqualTo(new Verdict.Ended(
                        new CrawlEnded("\"x y\"", (NOON - 60) * 1_000_000, NOON * 1_000_000)));
    }
}
