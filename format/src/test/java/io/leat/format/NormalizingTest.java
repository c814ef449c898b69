package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Item;
import io.leat.core.Limits;
import io.leat.core.Position;
import io.leat.core.Refusal;
import io.leat.core.Rules;
import io.leat.core.Verdict;
import io.leat.core.normalize.Locality;
import io.leat.core.normalize.Normalization;
import io.leat.core.normalize.Normalizer;
import io.leat.format.feedfile.FeedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NormalizingTest {

    private static final String MONEY = "price: {as: money, currency: currency}";

    @TempDir
    Path directory;

    @Test
    void theNormalFormReplacesTheValueAndWhatWasScrapedIsKept() throws IOException {
        Item item = kept(
                MONEY + ", shop.url: url", "\"price\":\"$1,045.99\",\"shop\":{\"url\":\"HTTP://x.example?gclid=1\"}");

        assertThat(item.body())
                .isEqualTo("{\"at\":1,\"currency\":\"USD\",\"k\":\"a\",\"price\":1045.99,"
                        + "\"shop\":{\"url\":\"http://x.example/\"}}");
        assertThat(item.scraped())
                .isEqualTo("{\"price\":\"$1,045.99\",\"shop\":{\"url\":\"HTTP://x.example?gclid=1\"}}");
        assertThat(item.compared().at("price")).isEqualTo("1045.99");
    }

    @Test
    void whatIsNormalAlreadyIsNotKeptTwice() throws IOException {
        assertThat(kept(MONEY, "\"price\":5.0,\"currency\":\"EUR\"").scraped()).isEmpty();
        assertThat(kept(MONEY, "\"price\":null").scraped()).isEmpty();
    }

    @Test
    void theFieldOfTheCurrencyNamesItAndIsKeptIfReplaced() throws IOException {
        Item item = kept(MONEY, "\"price\":\"19,59\",\"currency\":\"€\"");

        assertThat(item.body()).contains("\"currency\":\"EUR\"", "\"price\":19.59");
        assertThat(item.scraped()).isEqualTo("{\"currency\":\"€\",\"price\":\"19,59\"}");
    }

    @Test
    void aFormerNameIsReadAsTheFieldIs() {
        Feed.Comparison.Only comparison = new Feed.Comparison.Only(
                List.of(FieldPath.parse("price")),
                List.of(new Feed.Comparison.FormerName(FieldPath.parse("price"), FieldPath.parse("price_usd"))));
        Feed feed = new Feed(
                "f",
                new Feed.Source("f.raw", 1, Map.of()),
                List.of(),
                List.of(new Feed.KeyPart.Field(FieldPath.parse("k"))),
                new Feed.Time(FieldPath.parse("at"), Feed.Time.Format.EPOCH_S, null, Feed.Time.DEFAULT_MAX_SKEW),
                comparison,
                Rules.NONE,
                Feed.Log.DEFAULT,
                Limits.DEFAULT,
                List.of(),
                Feed.State.MEMORY,
                List.of(new Normalization(FieldPath.parse("price"), new Normalizer.OfNumber(Locality.AUTO), false)),
                null);

        assertThat(compared(feed, "\"price_usd\":\"10.00\"")).isEqualTo(compared(feed, "\"price\":\"10.00\""));
        assertThat(compared(feed, "\"price_usd\":\"what?\",\"price\":\"10.00\""))
                .isEqualTo("10");
    }

    private static String compared(Feed feed, String fields) {
        byte[] scrape = ("{\"k\":1,\"at\":1," + fields + "}").getBytes(StandardCharsets.UTF_8);
        Verdict verdict = new ScrapeReader(feed).read(scrape, 0, new Position("f.raw", 0, 0));
        return ((Verdict.Kept) verdict).item().compared().at("price");
    }

    @Test
    void theTieIsThatOfTheRecordAsScraped() throws IOException {
        Item normalized = kept(MONEY, "\"price\":\"$5\"");
        Item asScraped = kept("title: text", "\"price\":\"$5\"");

        assertThat(normalized.tie()).isEqualTo(asScraped.tie());
    }

    @Test
    void aKeyIsThatOfTheNormalForm() throws IOException {
        Item item = kept("k: text", "\"price\":5,\"x\":1");

        assertThat(item.key()).isEqualTo("[\"a\"]");
        assertThat(new KeyReader(feed("k: text")).key("{\"k\":\" a \",\"at\":1}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("[\"a\"]");
    }

    @Test
    void whatHasNoOneNormalFormIsRefusedWithFieldAndReason() throws IOException {
        Refusal ambiguous = refused(MONEY, "\"price\":\"1.299\"");
        Refusal unparsed = refused(MONEY, "\"price\":\"out of print\"");

        assertThat(ambiguous.code()).isEqualTo(Refusal.Code.VALUE_AMBIGUOUS);
        assertThat(ambiguous.field()).isEqualTo("price");
        assertThat(ambiguous.message()).contains("thousands or three decimals", "1.299");
        assertThat(unparsed.code()).isEqualTo(Refusal.Code.VALUE_UNPARSED);
    }

    @Test
    void aMarkThatSeveralCurrenciesShareIsToldAsItStands() throws IOException {
        assertThat(kept(MONEY, "\"price\":\"100 Kr.\"").body()).contains("\"currency\":\"kr\"", "\"price\":100");
        assertThat(kept(MONEY, "\"price\":100,\"currency\":\"kr\"").body()).contains("\"currency\":\"kr\"");
        assertThat(kept("price: {as: money, currency: currency, locale: sv-SE}", "\"price\":\"100 Kr.\"")
                        .body())
                .contains("\"currency\":\"SEK\"");
        assertThat(kept("price: {as: unit_price, currency: currency}", "\"price\":\"100 kr/kg\"")
                        .body())
                .contains("\"currency\":\"kr\"");
    }

    @Test
    void hundredthsAreNeverTakenForTheWhole() throws IOException {
        assertThat(kept(MONEY, "\"price\":\"99¢\"").body()).contains("\"currency\":\"¢\"", "\"price\":99");
        Refusal untold = refused("price: money", "\"price\":\"99¢\"");
        assertThat(untold.code()).isEqualTo(Refusal.Code.VALUE_AMBIGUOUS);
        assertThat(kept("price: {as: money, on_failure: null}", "\"price\":\"99¢\"")
                        .body())
                .contains("\"price\":null");
    }

    @Test
    void onRequestItIsNullInstead() throws IOException {
        String lenient = "price: {as: money, currency: currency, on_failure: null}";

        assertThat(kept(lenient, "\"price\":\"1.299\"").body()).contains("\"price\":null");
        assertThat(kept(lenient, "\"price\":\"1.299\"").scraped()).isEqualTo("{\"price\":\"1.299\"}");
    }

    @Test
    void aFeedThatNormalizesNothingKeepsItsBytes() throws IOException {
        Item item = kept("other: text", "\"price\":\" $5 \"");

        assertThat(item.body()).isEqualTo("{\"at\":1,\"k\":\"a\",\"price\":\" $5 \"}");
        assertThat(item.scraped()).isEmpty();
    }

    private Item kept(String normalize, String members) throws IOException {
        Verdict verdict = read(normalize, members);
        assertThat(verdict).isInstanceOf(Verdict.Kept.class);
        return ((Verdict.Kept) verdict).item();
    }

    private Refusal refused(String normalize, String members) throws IOException {
        Verdict verdict = read(normalize, members);
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return ((Verdict.Refused) verdict).refusal();
    }

    private Verdict read(String normalize, String members) throws IOException {
        byte[] scrape = ("{\"k\":\"a\",\"at\":1," + members + "}").getBytes(StandardCharsets.UTF_8);
        return new ScrapeReader(feed(normalize)).read(scrape, 0, new Position("f.raw", 0, 0));
    }

    private Feed feed(String normalize) throws IOException {
        Path file = Files.writeString(
                directory.resolve("feed.yaml"),
                "feed: f\nkey: k\ntime: {field: at, format: epoch_s}\nnormalize: {" + normalize + "}\n");
        FeedFile.Outcome outcome = FeedFile.read(file, name -> null);
        assertThat(outcome).isInstanceOf(FeedFile.Valid.class);
        return ((FeedFile.Valid) outcome).feed();
    }
}
