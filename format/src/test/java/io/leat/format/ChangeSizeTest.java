package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Change;
import io.leat.core.Changes;
import io.leat.core.Compared;
import io.leat.core.Decision;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Limits;
import io.leat.core.Position;
import io.leat.core.Refusal;
import io.leat.core.Rules;
import io.leat.core.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever two scrapes look like, the change between them fits a record of the change log. */
class ChangeSizeTest {

    /** What the log takes, less what Kafka adds around a value: the key once more, and headers. */
    private static final int MOST = (4 << 20) - (64 << 10) - 1_024;

    private static final int NESTED = 60;
    private static final int LEAVES = 400;

    @Test
    void aRecordOfDeepLongNamesTellsTheCommonParentAndNotEachPath() {
        Change change = between(deep(LEAVES, 1), deep(LEAVES, 2), feed("at"));

        assertThat(change.changed()).hasSize(1);
        assertThat(bytes(change)).isLessThan(64 << 10);
        assertThat(deep(LEAVES, 1).length() * 100).isGreaterThan(bytes(change));
    }

    @Test
    void whatIsRememberedOfARecordIsInProportionToIt() {
        String scrape = deep(110_000, 1);
        assertThat(scrape.length()).isGreaterThan(900_000);

        Compared compared = item(scrape, feed("at")).compared();

        assertThat(length(compared)).isLessThan(10L * scrape.length());
    }

    @Test
    void usualRecordsAreTakenApartToTheirLeaves() {
        Change change = between(
                "{\"k\":1,\"at\":1,\"offer\":{\"price\":{\"value\":1,\"unit\":\"kg\"}}}",
                "{\"k\":1,\"at\":2,\"offer\":{\"price\":{\"value\":2,\"unit\":\"kg\"}}}",
                feed("at"));

        assertThat(change.changed()).containsExactly("offer.price.value");
    }

    @Test
    void whatIsIgnoredStaysIgnoredInARecordThatIsComparedAtAParent() {
        String name = "n".repeat(250);
        Feed feed = feed("at", name + ".seen");
        String before = deep(LEAVES, 1).replaceFirst("\\{\"n", "{\"seen\":1,\"n");
        String after = before.replace("\"seen\":1", "\"seen\":2").replaceFirst("\"at\":1", "\"at\":2");

        Known known = told(item(before, feed), feed).next();

        assertThat(new Changes(feed).decide(known, item(after, feed))).isInstanceOf(Decision.Unchanged.class);
    }

    @Test
    void noPairOfTheLargestRecordsMakesAChangeThatDoesNotFit() {
        Feed feed = feed("at");
        List<String> largest = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            largest.add(flat("n" + i, 100, 7_600));
            largest.add(flat("." + i, 90, 3_000));
            largest.add(flat("\\\\" + i, 40, 4_000));
            largest.add(deep(80_000, i));
            largest.add("{\"k\":1,\"at\":1,\"v" + i + "\":\"" + "x".repeat(250_000) + "\",\"w\":["
                    + "1e39,".repeat(20_000) + i + "]}");
        }
        List<Item> items = largest.stream().map(scrape -> item(scrape, feed)).toList();
        for (Item before : items) {
            Known known = told(before, feed).next();
            for (Item after : items) {
                Decision decision = new Changes(feed).decide(known.seenAt(0, 0, 0), after);
                if (decision instanceof Decision.Told told) {
                    assertThat(bytes(told.change())).isLessThan(MOST);
                }
            }
        }
    }

    @Test
    void aRecordOfWhichEvenTheOutermostNamesWouldNotFitIsADeadLetter() {
        assertThat(refusal(flat("." + 1, 200, 4_500), feed("at"))).isEqualTo(Refusal.Code.TOO_LARGE);
    }

    @Test
    void fieldsWithinOneAnotherAreADeadLetterWhereTheyWouldNotFitTogether() {
        Feed feed = comparing(new Feed.Comparison.Only(List.of(
                FieldPath.parse("a"), FieldPath.parse("a.b"), FieldPath.parse("a.b.c"), FieldPath.parse("a.b.c.d"))));
        String scrape = "{\"k\":1,\"at\":1,\"a\":{\"b\":{\"c\":{\"d\":[" + ("\"" + "x".repeat(200_000) + "\",").repeat(3)
                + "1]}}}}";

        assertThat(refusal(scrape, feed)).isEqualTo(Refusal.Code.TOO_LARGE);
    }

    /** Some leaves under many nested long names. */
    private static String deep(int leaves, int value) {
        StringBuilder out = new StringBuilder("{\"k\":1,\"at\":1,");
        out.append(("\"" + "n".repeat(250) + "\":{").repeat(NESTED));
        for (int i = 0; i < leaves; i++) {
            out.append(i == 0 ? "\"" : ",\"").append(Integer.toString(i, 36)).append("\":").append(value);
        }
        return out.append("}".repeat(NESTED + 1)).toString();
    }

    private static String flat(String letter, int times, int fields) {
        StringBuilder out = new StringBuilder("{\"k\":1,\"at\":1");
        for (int i = 0; i < fields; i++) {
            out.append(",\"").append(letter.repeat(times / letter.length())).append(i).append("\":1");
        }
        return out.append('}').toString();
    }

    private static Change between(String before, String after, Feed feed) {
        Known known = told(item(before, feed), feed).next();
        Decision decision = new Changes(feed).decide(known.seenAt(0, 0, 0), item(after, feed));
        return ((Decision.Told) decision).change();
    }

    private static Decision.Told told(Item item, Feed feed) {
        return (Decision.Told) new Changes(feed).decide(null, item);
    }

    private static int bytes(Change change) {
        return ChangeJson.write("f", change).getBytes(StandardCharsets.UTF_8).length;
    }

    private static long length(Compared compared) {
        return compared.paths().stream().mapToLong(String::length).sum()
                + compared.values().stream().mapToLong(String::length).sum();
    }

    private static Item item(String scrape, Feed feed) {
        Verdict verdict = read(scrape, feed);
        assertThat(verdict).isInstanceOf(Verdict.Kept.class);
        return ((Verdict.Kept) verdict).item();
    }

    private static Refusal.Code refusal(String scrape, Feed feed) {
        return ((Verdict.Refused) read(scrape, feed)).refusal().code();
    }

    private static Verdict read(String scrape, Feed feed) {
        return new ScrapeReader(feed).read(scrape.getBytes(StandardCharsets.UTF_8), 0, new Position("f.raw", 0, 0));
    }

    private static Feed feed(String... ignored) {
        return comparing(new Feed.Comparison.AllBut(
                List.of(ignored).stream().map(FieldPath::parse).toList()));
    }

    private static Feed comparing(Feed.Comparison comparison) {
        return new Feed(
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
                List.of(),
                null);
    }
}
