package io.leat.format.feedfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.format.Problem;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NormalizeSectionTest {

    @TempDir
    Path directory;

    @Test
    void everyMistakeHasItsPlaceAndHint() {
        Written written = new Written(directory)
                .feed("feed: f\nkey: k\ntime: at\nnormalize:\n"
                        + "  a: monney\n"
                        + "  b: {as: text, locale: de}\n"
                        + "  c: {as: number, locale: german}\n"
                        + "  d: {as: timestamp, zone: Mars/Olympus, order: dayfirst}\n"
                        + "  e: {as: money, currency: c, several: all}\n"
                        + "  g: {as: money, on_failure: drop}\n"
                        + "  h: {locale: de}\n");

        assertThat(((FeedFile.Invalid) written.outcome())
                        .problems().stream().map(NormalizeSectionTest::line).toList())
                .containsExactly(
                        "5:6 LEAT-180 Did you mean 'money'?",
                        "6:25 LEAT-181 Leave it out.",
                        "7:27 LEAT-182 Write auto, a language such as de, or language and region such as en-IN.",
                        "8:28 LEAT-183 Write a name such as Europe/Berlin, or UTC.",
                        "8:49 LEAT-103 Did you mean 'day_first'?",
                        "9:3 LEAT-184 Name each field once, as a field or as the currency or unit of another.",
                        "9:40 LEAT-103 Known here: first, lowest, highest, refuse.",
                        "10:30 LEAT-103 Write refuse or null.",
                        "11:6 LEAT-113 Add, for example: as: money");
    }

    @Test
    void whatASiteSaysInItsOwnWayHasItsPlaceAndHintToo() {
        Written written = new Written(directory)
                .feed("feed: f\nkey: k\ntime: at\nnormalize:\n"
                        + "  a: {as: availability, words: {in_stok: [x]}}\n"
                        + "  b: {as: availability, words: yes}\n"
                        + "  c: {as: url, base: /p, fragment: maybe}\n"
                        + "  d: {as: timestamp, languages: [de, dee], calendar: thai}\n"
                        + "  e: {as: text, drop: x}\n");

        assertThat(((FeedFile.Invalid) written.outcome())
                        .problems().stream().map(NormalizeSectionTest::line).toList())
                .containsExactly(
                        "5:33 LEAT-110 Did you mean 'in_stock'?",
                        "6:32 LEAT-114 Write {in_stock: [Add to cart]}.",
                        "7:22 LEAT-186 Write an absolute address such as https://shop.example/.",
                        "7:36 LEAT-103 Known here: auto, keep, drop.",
                        "8:38 LEAT-185 Did you mean 'de'?",
                        "8:54 LEAT-103 Known here: gregorian, buddhist, persian, islamic.",
                        "9:23 LEAT-181 Leave it out.");
    }

    private static String line(Problem problem) {
        return problem.line() + ":" + problem.column() + " " + problem.code() + " " + problem.hint();
    }
}
