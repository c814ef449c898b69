package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Change;
import io.leat.core.Feed;
import io.leat.core.Position;
import io.leat.core.Reason;
import io.leat.core.Refusal;
import io.leat.core.Ruling;
import io.leat.core.Why;
import io.leat.format.TracedRecord.Agreement;
import io.leat.format.feedfile.FeedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every answer to why a record was or was not told. */
class TracingTest {

    private static final String KEY = "[\"a\"]";
    private static final long DAY = 1_772_323_200_000L; // 2026-03-01

    @TempDir
    private Path directory;

    private final List<LoggedChange> log = new ArrayList<>();
    private final List<Taken> taken = new ArrayList<>();
    private long offset;
    private long now = DAY;

    private record Taken(String value, long millis, Position at, Ruling ruling) {}

    @Test
    void toldUnchangedAndWithinATolerance() throws IOException {
        Feed feed = feed("changes: {compare: [price, title], tolerance: {price: 1%}, fingerprint: [title]}");
        scrape("10:00", "\"price\":100,\"title\":\"A pan\"");
        scrape("10:01", "\"price\":100,\"title\":\"A pan\"");
        scrape("10:02", "\"price\":100.5,\"title\":\"a  PAN\"");
        scrape("10:03", "\"price\":120,\"title\":\"A pan\"");
        told(feed);

        KeyTrace trace = trace(feed);

        assertThat(reasons(trace)).containsExactly(Reason.FIRST, Reason.SAME, Reason.WITHIN_TOLERANCE, Reason.DIFFERS);
        assertThat(why(trace, 2).differences())
                .containsExactly(
                        new Why.Difference("price", "100", "100.5", "tolerance"),
                        new Why.Difference("title", "\"A pan\"", "\"a  PAN\"", "fingerprint"));
        assertThat(why(trace, 3).differences()).containsExactly(new Why.Difference("price", "100", "120", ""));
        assertThat(trace.counts()).containsExactlyInAnyOrderEntriesOf(Map.of("told", 2L, "unchanged", 2L));
        assertThat(trace.isPastKnown()).isTrue();
        assertThat(trace.records()).extracting(TracedRecord::agreement).containsOnly(Agreement.AGREES);
        assertThat(trace.records().get(3).logged()).isEqualTo(log.get(1));
        assertThat(decided(trace, 3).before()).isNotNull();
    }

    @Test
    void staleInEveryWay() throws IOException {
        Feed feed = feed("tie_break: n", "changes: {compare: [price]}");
        scrape("10:05", "\"price\":1,\"n\":5");
        scrape("10:05", "\"price\":1,\"n\":5");
        scrape("10:05", "\"price\":2,\"n\":4");
        scrape("10:04", "\"price\":3,\"n\":9");

        assertThat(reasons(trace(feed))).containsExactly(Reason.FIRST, Reason.REPEAT, Reason.SAME_MOMENT, Reason.OLDER);
    }

    @Test
    void heldConfirmedReleasedRejectedAndOvertaken() throws IOException {
        Feed feed = feed("changes: {compare: [price], hold: {price: {ratio: [0.2, 5]}}}");
        scrape("10:00", "\"price\":10");
        scrape("10:01", "\"price\":1000");
        scrape("10:02", "\"price\":1000");
        scrape("10:03", "\"price\":1");
        say("10:03", "\"price\":1", Ruling.RELEASE);
        scrape("10:04", "\"price\":900");
        say("10:04", "\"price\":900", Ruling.REJECT);
        scrape("10:05", "\"price\":900");
        say("10:03", "\"price\":1", Ruling.RELEASE);
        told(feed);

        KeyTrace trace = trace(feed);

        assertThat(reasons(trace))
                .containsExactly(
                        Reason.FIRST,
                        Reason.IMPLAUSIBLE,
                        Reason.CONFIRMED,
                        Reason.IMPLAUSIBLE,
                        Reason.RELEASED,
                        Reason.IMPLAUSIBLE,
                        Reason.REJECTED,
                        Reason.REJECTED,
                        Reason.OVERTAKEN);
        assertThat(why(trace, 1).doubts()).containsExactly(new io.leat.core.Doubt("price", "ratio", "1000", "10"));
        assertThat(trace.counts()).containsEntry("held", 4L).containsEntry("told", 2L);
        assertThat(trace.records().get(4).logged()).isNotNull();
        assertThat(trace.records()).extracting(TracedRecord::agreement).containsOnly(Agreement.AGREES);
    }

    @Test
    void settlingAndSettled() throws IOException {
        Feed feed = feed("changes: {compare: [in_stock], debounce: {in_stock: 10m}}");
        scrape("10:00", "\"in_stock\":true");
        scrape("10:01", "\"in_stock\":false");
        scrape("10:20", "\"in_stock\":false");

        KeyTrace trace = trace(feed);

        assertThat(reasons(trace)).containsExactly(Reason.FIRST, Reason.SETTLING, Reason.SETTLED);
        assertThat(why(trace, 1).settling()).singleElement().satisfies(each -> {
            assertThat(each.path()).isEqualTo("in_stock");
            assertThat(EventTimes.format(each.since())).startsWith("2026-03-01T10:01");
        });
    }

    @Test
    void seededAndForgotten() throws IOException {
        Feed feed = feed("changes: {compare: [price], first_seen: seed, expire_after: 1h}");
        scrape("10:00", "\"price\":1");
        scrape("10:30", "\"price\":2");
        scrape("12:00", "\"price\":3");

        KeyTrace trace = trace(feed);

        assertThat(reasons(trace)).containsExactly(Reason.SEEDED, Reason.DIFFERS, Reason.FORGOTTEN);
        assertThat(trace.counts()).containsExactlyInAnyOrderEntriesOf(Map.of("seeded", 2L, "told", 1L));
    }

    @Test
    void refusedWithCodeFieldAndSentence() throws IOException {
        Feed feed = feed("normalize: {price: {as: money}}", "changes: {compare: [price]}");
        scrape("10:00", "\"price\":\"call us\"");
        scrape("10:01", "\"price\":\"1.234,56 €\"");

        KeyTrace trace = trace(feed);

        assertThat(trace.records().get(0).fate()).isInstanceOfSatisfying(Fate.Refused.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(Refusal.Code.VALUE_UNPARSED);
            assertThat(refused.refusal().field()).isEqualTo("price");
            assertThat(refused.refusal().message()).contains("call us");
        });
        assertThat(decided(trace, 1).item().scraped()).isEqualTo("{\"price\":\"1.234,56 €\"}");
        assertThat(decided(trace, 1).item().compared().at("price")).isEqualTo("1234.56");
    }

    @Test
    void lateWaitingAndLetGo() throws IOException {
        Feed feed = feed("out_of_orderness: 5s", "late: drop", "changes: {compare: [price]}");
        scrape("10:02", "\"price\":2");
        now += 6_000;
        scrape("10:03", "\"price\":3");
        scrape("10:01", "\"price\":1");

        KeyTrace early = trace(feed, now + 1_000);
        assertThat(early.records()).extracting(each -> each.fate().word()).containsExactly("told", "late", "waits");
        assertThat(early.counts()).containsEntry("waits", 1L);

        assertThat(trace(feed, now + 6_000).records())
                .extracting(each -> each.fate().word())
                .containsExactly("told", "late", "told");
    }

    @Test
    void aResetAndWhatStoodBeforeIt() throws IOException {
        Feed feed = feed("out_of_orderness: 5s", "changes: {compare: [price]}");
        scrape("10:02", "\"price\":2");
        now += 6_000;
        scrape("10:03", "\"price\":2");
        taken.add(new Taken("{\"key\":[\"a\"],\"first_seen\":\"2026-03-01T10:02:00Z\"}", now, place(), Ruling.RESET));
        now += 6_000;
        scrape("09:00", "\"price\":2");

        assertThat(reasons(trace(feed))).containsExactly(Reason.FIRST, Reason.RESET, Reason.BEFORE_RESET, Reason.BACK);
    }

    @Test
    void goneIsWhatTheLogSaysAndBackFollowsFromIt() throws IOException {
        Feed feed = feed("changes: {compare: [price], gone_after: 1h, gone: {coverage: 1%}}");
        scrape("10:00", "\"price\":1");
        other("10:30");
        other("11:30");
        scrape("13:00", "\"price\":1");
        told(feed);

        KeyTrace trace = trace(feed);

        assertThat(trace.records()).extracting(each -> each.fate().word()).containsExactly("told", "gone", "told");
        assertThat(trace.records().get(1).position()).isEqualTo(new Position("t.raw", 0, 2));
        assertThat(trace.counts()).containsExactly(Map.entry("told", 2L));
        assertThat(why(trace, 2).reason()).isEqualTo(Reason.BACK);
        assertThat(trace.records()).extracting(TracedRecord::agreement).containsOnly(Agreement.AGREES);
    }

    @Test
    void theLogIsTheBaseOfATopicThatBeginsLate() throws IOException {
        Feed feed = feed("changes: {compare: [price]}");
        scrape("10:00", "\"price\":1");
        scrape("10:01", "\"price\":2");
        scrape("10:02", "\"price\":2");
        scrape("10:03", "\"price\":3");
        told(feed);
        taken.subList(0, 2).clear();

        KeyTrace trace = trace(feed);

        assertThat(trace.base()).isEqualTo(log.get(1));
        assertThat(trace.isPastKnown()).isFalse();
        assertThat(reasons(trace)).containsExactly(Reason.SAME, Reason.DIFFERS);
        assertThat(trace.records()).extracting(TracedRecord::agreement).containsOnly(Agreement.AGREES);
    }

    @Test
    void whatCannotBeKnownIsNotGuessed() throws IOException {
        Feed feed = feed("changes: {compare: [price]}");
        scrape("10:00", "\"price\":1");
        scrape("10:01", "\"price\":1");
        scrape("10:02", "\"price\":2");
        scrape("10:03", "\"price\":2");
        told(feed);
        taken.remove(0);
        log.remove(0);

        assertThat(trace(feed).records())
                .extracting(each -> each.fate().word())
                .containsExactly("unknown", "unknown", "unchanged");
        assertThat(trace(feed).records().get(1).logged()).isEqualTo(log.get(0));
    }

    @Test
    void aLogThatSaysOtherwiseIsRightAndMarked() throws IOException {
        Feed strict = feed("changes: {compare: [price]}");
        scrape("10:00", "\"price\":100");
        scrape("10:01", "\"price\":101");
        scrape("10:02", "\"price\":103");
        told(strict);
        Feed lax = feed("changes: {compare: [price], tolerance: {price: 2%}}");

        KeyTrace trace = trace(lax);

        assertThat(trace.records())
                .extracting(TracedRecord::agreement)
                .containsExactly(Agreement.AGREES, Agreement.DIFFERS, Agreement.DIFFERS);
        assertThat(why(trace, 2).differences())
                .as("from the value that was told, not the one that would have been")
                .containsExactly(new Why.Difference("price", "101", "103", "tolerance"));
    }

    @Test
    void aChangeIsNotThereYetOrNoLonger() throws IOException {
        Feed feed = feed("changes: {compare: [price]}");
        scrape("10:00", "\"price\":1");
        scrape("10:01", "\"price\":2");
        scrape("10:02", "\"price\":3");
        told(feed);
        log.remove(2);
        log.remove(0);

        assertThat(trace(feed).records())
                .extracting(TracedRecord::agreement)
                .containsExactly(Agreement.NO_LONGER, Agreement.AGREES, Agreement.NOT_YET);
    }

    @Test
    void onlyWhatIsAskedForIsKeptAndAllIsCounted() throws IOException {
        Feed feed = feed("changes: {compare: [price]}");
        for (int minute = 10; minute < 50; minute++) {
            scrape("10:" + minute, "\"price\":" + minute);
        }

        assertThat(trace(feed, now, new Tracing.Kept(3, null)).records())
                .extracting(each -> each.position().offset())
                .containsExactly(37L, 38L, 39L);
        KeyTrace one = trace(feed, now, new Tracing.Kept(3, new Position("t.raw", 0, 5)));
        assertThat(one.records())
                .singleElement()
                .satisfies(each -> assertThat(each.position().offset()).isEqualTo(5));
        assertThat(one.counts()).containsExactly(Map.entry("told", 40L));
    }

    private Feed feed(String... sections) throws IOException {
        StringBuilder time = new StringBuilder("field: at, max_skew: 365d");
        StringBuilder rest = new StringBuilder();
        for (String section : sections) {
            boolean isOfTime = section.startsWith("tie_") || section.startsWith("out_") || section.startsWith("late");
            (isOfTime ? time.append(", ") : rest).append(section).append(isOfTime ? "" : "\n");
        }
        Path file = directory.resolve("feed.yaml");
        Files.writeString(file, "feed: t\nkey: sku\ntime: {%s}\n%s".formatted(time, rest));
        FeedFile.Outcome outcome = FeedFile.read(file, name -> null);
        assertThat(outcome).isInstanceOf(FeedFile.Valid.class);
        return ((FeedFile.Valid) outcome).feed();
    }

    private void scrape(String time, String members) {
        taken.add(new Taken(text(time, members), now, place(), Ruling.NONE));
    }

    /** A scrape of another key. */
    private void other(String time) {
        taken.add(new Taken(text(time, "\"price\":5").replace("\"a\"", "\"b\""), now, place(), Ruling.NONE));
    }

    private void say(String time, String members, Ruling ruling) {
        taken.add(new Taken(text(time, members), now, place(), ruling));
    }

    private static String text(String time, String members) {
        return "{\"sku\":\"a\",\"at\":\"2026-03-01T%s:00Z\",%s}".formatted(time, members);
    }

    private Position place() {
        return new Position("t.raw", 0, offset++);
    }

    /** The change log as a job would have written it. */
    private void told(Feed feed) {
        Fold fold = Fold.inOrder(feed, this::write);
        taken.forEach(each ->
                fold.take(each.value().getBytes(StandardCharsets.UTF_8), each.millis(), each.at(), each.ruling()));
        fold.end();
    }

    private void write(Change change) {
        if (change.key().equals(KEY)) {
            log.add(new LoggedChange(change, 0, log.size(), now));
        }
    }

    private KeyTrace trace(Feed feed) {
        return trace(feed, now + 60_000);
    }

    private KeyTrace trace(Feed feed, long at) {
        return trace(feed, at, Tracing.Kept.ALL);
    }

    private KeyTrace trace(Feed feed, long at, Tracing.Kept kept) {
        Tracing.Origin origin = new Tracing.Origin(
                "", Map.of(0, taken.get(0).at().offset()), taken.get(0).millis());
        Tracing tracing = new Tracing(feed, Set.of(KEY), origin, kept);
        log.forEach(tracing::logged);
        taken.forEach(each ->
                tracing.take(each.value().getBytes(StandardCharsets.UTF_8), each.millis(), each.at(), each.ruling()));
        tracing.end(at);
        return tracing.of(KEY);
    }

    private static Fate.Decided decided(KeyTrace trace, int index) {
        return (Fate.Decided) trace.records().get(index).fate();
    }

    private static Why why(KeyTrace trace, int index) {
        return decided(trace, index).why();
    }

    private static List<Reason> reasons(KeyTrace trace) {
        return trace.records().stream()
                .map(each -> ((Fate.Decided) each.fate()).why().reason())
                .toList();
    }
}
