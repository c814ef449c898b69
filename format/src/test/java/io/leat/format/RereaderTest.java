package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Change;
import io.leat.core.Feed;
import io.leat.core.Position;
import io.leat.core.Ruling;
import io.leat.format.feedfile.FeedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A feed file is changed between two scrapes of a key: what changed is told, and nothing else. */
class RereaderTest {

    @TempDir
    private Path dir;

    private Feed feed(String rest) throws IOException {
        Path file = dir.resolve("feed.yaml");
        Files.writeString(
                file, "feed: f\nkey: sku\ntime: {field: t, format: epoch_s}\n" + rest.replace("%n", "\n") + "\n");
        FeedFile.Outcome outcome = FeedFile.read(file, name -> null);
        assertThat(outcome).as(outcome.toString()).isInstanceOf(FeedFile.Valid.class);
        return ((FeedFile.Valid) outcome).feed();
    }

    private final List<Change> told = new ArrayList<>();

    /** Takes the scrapes before the slash under one file and those after it under the other; forgets what the former told. */
    private List<Change> run(String old, String now, String before, String... after) throws IOException {
        Fold former = new Fold(feed(old), change -> told.add(change));
        int second = 0;
        for (String each : before.split(" / ", -1)) {
            take(former, each, second++);
        }
        told.clear();
        Fold fold = new Fold(feed(now), change -> told.add(change)).goOn(former);
        for (String each : after) {
            take(fold, each, second++);
        }
        return told;
    }

    private static void take(Fold fold, String members, int second) {
        fold.take(
                "{\"sku\":1,\"t\":%d,%s}".formatted(second, members).getBytes(StandardCharsets.UTF_8),
                Long.MAX_VALUE / 2,
                new Position("f.raw", 0, second),
                Ruling.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // normalizer added, changed, removed; told as "$5.00" and scraped as "5 USD" since
                "changes: {compare: [p]} | changes: {compare: [p]}%nnormalize: {p: {as: money}} | \"p\":\"$5.00\"",
                "changes: {compare: [p]}%nnormalize: {p: {as: money}} | changes: {compare: [p]} | \"p\":\"$5.00\"",
                "changes: {compare: [p]}%nnormalize: {p: {as: money}} | changes: {compare: [p]} | \"p\":\"$5.00\" / \"p\":\"5 USD\"",
                "changes: {compare: [p]}%nnormalize: {p: {as: text}} | changes: {compare: [p]}%nnormalize: {p: {as: money}} |"
                        + " \"p\":\"$5.00\" / \"p\":\" $5.00 \"",
                "changes: {compare: [p, c]} | changes: {compare: [p, c]}%nnormalize: {p: {as: money, currency: c}} | \"p\":\"$5.00\"",
                "changes: {compare: [p, c]}%nnormalize: {p: {as: money, currency: c}} | changes: {compare: [p]} | \"p\":\"$5.00\"",
                "changes: {compare: [d.p]} | changes: {compare: [d.p]}%nnormalize: {d.p: {as: money}} | \"d\":{\"p\":\"$5.00\"}",
                // a value that the former normalizer refused is a change; one that it read as null is none
                "changes: {compare: [p]}%nnormalize: {p: {as: money, on_failure: null}} | changes: {compare: [p]} | \"p\":\"call us\"",
                // compared field added after it moved, removed, renamed
                "changes: {compare: [p]} | changes: {compare: [p, v]} | \"p\":1,\"v\":1 / \"p\":1,\"v\":2",
                "changes: {compare: [p, v]} | changes: {compare: [p]} | \"p\":1,\"v\":1",
                "changes: {compare: [p]} | changes: {compare: [q]} | \"p\":1,\"q\":7",
                "changes: {compare: [p]} | changes: {compare: [q], formerly: {q: p}} | \"p\":1",
                "changes: {compare: [q], formerly: {q: p}} | changes: {compare: [q]} | \"p\":1",
                "changes: {compare: [q], formerly: {q: p}} | changes: {compare: [p]} | \"p\":1",
                "changes: {ignore: [v, t]} | changes: {ignore: [t]} | \"p\":1,\"v\":1 / \"p\":1,\"v\":2",
                "changes: {ignore: [t]} | changes: {ignore: [v, t]} | \"p\":1,\"v\":1",
                "changes: {ignore: [v, t]} | changes: {compare: [p, v]} | \"p\":{\"a\":1},\"v\":1 / \"p\":{\"a\":1},\"v\":2",
                "changes: {compare: [p]} | changes: {ignore: [t]} | \"p\":{\"a\":1},\"v\":1 / \"p\":{\"a\":1},\"v\":2",
                // tolerance added, narrowed, removed while the value had strayed; text that matters again
                "changes: {compare: [p]} | changes: {compare: [p], tolerance: {p: 5%}} | \"p\":100",
                "changes: {compare: [p], tolerance: {p: 5%}} | changes: {compare: [p]} | \"p\":100 / \"p\":103",
                "changes: {compare: [p], tolerance: {p: 5%}} | changes: {compare: [p], tolerance: {p: 1%}} | \"p\":100 / \"p\":103",
                "changes: {compare: [p], fingerprint: [p]} | changes: {compare: [p]} | \"p\":\"A b\" / \"p\":\"a  b\"",
                // what decides no sameness
                "changes: {compare: [p]} | changes: {compare: [p], hold: {p: {ratio: [0.5, 2]}}} | \"p\":100",
                "changes: {compare: [p]} | changes: {compare: [p], debounce: {p: 10m}} | \"p\":100",
            })
    void theSameScrapeTellsNothing(String old, String now, String scrapes) throws IOException {
        String last = scrapes.substring(scrapes.lastIndexOf(" / ") < 0 ? 0 : scrapes.lastIndexOf(" / ") + 3);

        assertThat(run(old, now, scrapes, last, last)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "changes: {compare: [p]} | changes: {compare: [p]}%nnormalize: {p: {as: money}} | \"p\":\"$5.00\" | \"p\":\"$6.00\" | 5",
                "changes: {compare: [p]}%nnormalize: {p: {as: money}} | changes: {compare: [p]} | \"p\":\"$5.00\" | \"p\":\"$6.00\" | 5",
                "changes: {compare: [p]} | changes: {compare: [p, v]} | \"p\":1,\"v\":1 | \"p\":2,\"v\":5 | 1",
                "changes: {compare: [p]} | changes: {compare: [q], formerly: {q: p}} | \"p\":1 | \"q\":2 | 1",
                "changes: {compare: [p], tolerance: {p: 5%}} | changes: {compare: [p]} | \"p\":100 / \"p\":103 | \"p\":110 | 100",
                "changes: {ignore: [v, t]} | changes: {ignore: [t]} | \"p\":1,\"v\":1 | \"p\":2,\"v\":2 | 1",
                "changes: {ignore: [t]} | changes: {ignore: [v, t]} | \"p\":1,\"w\":1 | \"v\":1,\"w\":1 | 1",
                "changes: {compare: [p]}%nnormalize: {p: {as: money}} | changes: {compare: [p]} | \"p\":\"$5.00\" | \"p\":\"call us\" | 5",
                "changes: {compare: [p]} | changes: {compare: [p]}%nnormalize: {p: {as: availability}} | \"p\":\"gone fishing\" | \"p\":\"in stock\" | \"gone fishing\"",
            })
    void aChangeByBothIsToldFromWhatWasKnown(String old, String now, String before, String after, String was)
            throws IOException {
        assertThat(run(old, now, before, after, after))
                .singleElement()
                .satisfies(change -> assertThat(change.before().values()).contains(was));
    }

    @Test
    void anotherSpellingIsNoChangeThoughTheFormerRulesSawOne() throws IOException {
        String plain = "changes: {compare: [p]}";

        assertThat(run(
                        plain,
                        plain + "\nnormalize: {p: {as: money}}",
                        "\"p\":\"$5.00\"",
                        "\"p\":\"5 USD\"",
                        "\"p\":\"5\""))
                .isEmpty();
    }

    @Test
    void aChangeSaysWhatWasToldWhereThatHadAnotherForm() throws IOException {
        String both = "changes: {compare: [p, s]}";
        List<Change> changes = run(
                both,
                both + "\nnormalize: {p: {as: money}}",
                "\"p\":\"$5.00\",\"s\":1",
                "\"p\":\"$5.00\",\"s\":1",
                "\"p\":\"$5.00\",\"s\":2",
                "\"p\":\"$5.00\",\"s\":3");

        assertThat(changes).hasSize(2);
        assertThat(changes.get(0).changed()).containsExactly("s");
        assertThat(ChangeJson.write("f", changes.get(0)))
                .contains("\"before\":{\"p\":5,\"s\":1}")
                .endsWith(",\"told\":{\"p\":\"$5.00\"}}");
        assertThat(ChangeJson.write("f", changes.get(1)))
                .contains("\"before\":{\"p\":5,\"s\":2}")
                .doesNotContain("\"told\"");
        assertThat(ChangeJson.read(ChangeJson.write("f", changes.get(0)).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(changes.get(0));
    }

    @Test
    void whatWasAdoptedIsTheValueThatLaterOnesAreHeldAgainst() throws IOException {
        assertThat(run(
                        "changes: {compare: [p], tolerance: {p: 5%}}",
                        "changes: {compare: [p]}", "\"p\":100 / \"p\":103", "\"p\":103", "\"p\":100"))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.before().at("p")).isEqualTo("103");
                    assertThat(change.told().at("p")).isEqualTo("100");
                });
    }

    @Test
    void aToleranceThatStaysGoesOnToBeMeasuredFromWhatWasTold() throws IOException {
        String tolerant = "changes: {compare: [p%s], tolerance: {p: 5%%}}";

        assertThat(run(
                        tolerant.formatted(""),
                        tolerant.formatted(", v"),
                        "\"p\":100,\"v\":1 / \"p\":104,\"v\":1",
                        "\"p\":104,\"v\":1",
                        "\"p\":106,\"v\":1"))
                .singleElement()
                .satisfies(change -> assertThat(change.before().at("p")).isEqualTo("100"));
    }
}
