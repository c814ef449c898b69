package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Item;
import io.leat.core.Limits;
import io.leat.core.Position;
import io.leat.core.Refusal;
import io.leat.core.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScrapeReaderTest {

    private static final Feed FEED = new Feed(
            "f",
            new Feed.Source("f.raw", 1, Map.of()),
            List.of(),
            List.of(new Feed.KeyPart.Field(FieldPath.parse("k"))),
            new Feed.Time(FieldPath.parse("at"), Feed.Time.Format.EPOCH_S, null, Feed.Time.DEFAULT_MAX_SKEW),
            new Feed.Comparison.AllBut(List.of(FieldPath.parse("at"))),
            Feed.Log.DEFAULT);

    private static List<String> values() {
        return List.of(
                "1",
                "0." + "7".repeat(62),
                "-0." + "0".repeat(40) + "1234567890123456789",
                "[" + "1e39,".repeat(20_000) + "1]",
                "\"" + "\\u001f".repeat(170_000) + "\"",
                "[".repeat(62) + "]".repeat(62));
    }

    @ParameterizedTest
    @MethodSource("values")
    void whatWasToldGivesTheSameComparedValuesAgain(String value) {
        ScrapeReader reader = new ScrapeReader(FEED);
        byte[] scrape = ("{\"k\":\"a\",\"at\":1,\"v\":" + value + "}").getBytes(StandardCharsets.UTF_8);

        Verdict verdict = reader.read(scrape, 0, new Position("f.raw", 0, 0));

        assertThat(verdict).isInstanceOf(Verdict.Kept.class);
        Item item = ((Verdict.Kept) verdict).item();
        assertThat(new ToldReader(FEED).compared(item.body())).isEqualTo(item.compared());
    }

    @Test
    void anItemWhoseCanonicalFormWouldNotFitTheLogIsRefused() {
        byte[] scrape =
                ("{\"k\":\"a\",\"at\":1,\"v\":[" + "1e39,".repeat(200_000) + "1]}").getBytes(StandardCharsets.UTF_8);

        Verdict verdict = new ScrapeReader(FEED).read(scrape, 0, new Position("f.raw", 0, 0));

        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        assertThat(((Verdict.Refused) verdict).refusal().code()).isEqualTo(Refusal.Code.TOO_LARGE);
    }

    @Test
    void theLimitsAreThoseOfTheFeed() {
        Feed feed = new Feed(
                FEED.name(),
                FEED.source(),
                FEED.contracts(),
                FEED.key(),
                FEED.time(),
                FEED.comparison(),
                FEED.rules(),
                FEED.log(),
                new Limits(60, 2, 8, 4, 5, 3, Limits.Duplicates.REFUSE),
                FEED.windows(),
                FEED.state(),
                FEED.normalize(),
                FEED.watch());

        assertThat(code(feed, "{\"k\":\"a\",\"at\":1,\"v\":[1]}")).isNull();
        assertThat(code(feed, "{\"k\":\"a\",\"at\":1,\"v\":[[]]}")).isEqualTo(Refusal.Code.TOO_DEEP);
        assertThat(code(feed, "{\"k\":\"a\",\"at\":1,\"v\":[1,2]}")).isEqualTo(Refusal.Code.TOO_MANY_TOKENS);
        assertThat(code(feed, "{\"k\":\"abcdef\",\"at\":1}")).isEqualTo(Refusal.Code.STRING_TOO_LONG);
        assertThat(code(feed, "{\"k\":\"a\",\"at\":1234}")).isEqualTo(Refusal.Code.NUMBER_TOO_LONG);
        assertThat(code(feed, "{\"k\":\"a\",\"at\":1,\"long1\":1}")).isEqualTo(Refusal.Code.NAME_TOO_LONG);
        assertThat(code(feed, "{\"k\":\"a\",\"at\":1}" + " ".repeat(60))).isEqualTo(Refusal.Code.TOO_LARGE);
    }

    private static Refusal.Code code(Feed feed, String scrape) {
        Verdict verdict =
                new ScrapeReader(feed).read(scrape.getBytes(StandardCharsets.UTF_8), 0, new Position("f.raw", 0, 0));
        return verdict instanceof Verdict.Refused refused ? refused.refusal().code() : null;
    }
}
