package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.core.Feed;
import io.leat.core.normalize.Availabilities;
import io.leat.core.normalize.Availability;
import io.leat.core.normalize.DateCalendar;
import io.leat.core.normalize.Normalized;
import io.leat.core.normalize.Normalized.Ambiguous;
import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Normalized.Unparsed;
import io.leat.core.normalize.Normalizer;
import io.leat.core.normalize.Texts;
import io.leat.core.normalize.Timestamps;
import io.leat.core.normalize.Timestamps.Order;
import io.leat.core.normalize.Urls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Reads texts that were seen on real pages and in feeds, and lists every one whose answer is not the one written beside it, with
 * the reader's reason. The corpus is not kept here; without it the test is skipped. {@code -Dleat.wild=DIR} reads other texts of
 * that form and prints the list. Of the texts with a clear answer 97 of 100 have to be told, and none may be told wrongly.
 */
class WildTextsTest {

    private static final @Nullable String OTHER = System.getProperty("leat.wild");
    private static final Path CORPUS = OTHER == null
            ? Path.of(System.getProperty("leat.shared", "../../shared")).resolve("corpora/wild")
            : Path.of(OTHER);
    private static final Path LISTED = Path.of("src/test/resources/wild-texts");
    private static final double LEAST_TOLD = 0.97;
    private static final Availabilities AVAILABILITIES = Availabilities.with(Map.of());
    private static final Urls URLS = Urls.usual();

    /** What a text is told as, or why it is not. */
    private record Told(@Nullable String value, String why) {}

    @ParameterizedTest
    @ValueSource(strings = {"availability", "timestamp", "url"})
    void nothingIsToldWronglyAndEveryDifferenceIsListed(String file) throws IOException {
        Path corpus = CORPUS.resolve(file + ".jsonl");
        if (!Files.exists(corpus)) {
            System.out.println("SKIPPED wild texts: there is no " + corpus + ", set -Dleat.shared");
        }
        assumeTrue(Files.exists(corpus));
        List<String> differences = new ArrayList<>();
        int wrong = 0;
        int missed = 0;
        int clear = 0;
        for (String line : Files.readAllLines(corpus)) {
            JsonNode row = Json.OWN.readTree(line);
            Told told = told(row, row.required("value").stringValue());
            boolean mayBeRefused = row.required("or_refused").booleanValue();
            boolean isRight = told.value() == null ? isRefused(row) : isRight(row, told.value());
            clear += mayBeRefused ? 0 : 1;
            missed += !isRight && told.value() == null && !mayBeRefused ? 1 : 0;
            wrong += !isRight && told.value() != null ? 1 : 0;
            if (!isRight) {
                String value = row.required("value").stringValue().replace("\t", " ");
                differences.add(value
                        + '\t'
                        + row.required("right")
                        + '\t'
                        + (told.value() == null ? "refused: " + told.why() : told.value()));
            }
        }
        String page =
                "# Texts whose answer is not the one expected: text, expected, told and why. Of %d clear ones %d are refused; %d are wrong.\n"
                                .formatted(clear, missed, wrong)
                        + String.join("\n", differences) + "\n";
        Path listed = LISTED.resolve(file + ".tsv");
        if (OTHER != null) {
            System.out.print(page);
        } else if (Boolean.getBoolean("leat.docs.write")) {
            Files.createDirectories(LISTED);
            Files.writeString(listed, page);
        }
        assertThat(wrong).as(page).isZero();
        assertThat(missed).as(page).isLessThanOrEqualTo((int) Math.floor((1 - LEAST_TOLD) * clear));
        assertThat(OTHER == null ? Files.readString(listed) : page).isEqualTo(page);
    }

    private static boolean isRefused(JsonNode row) {
        return row.required("right").isString();
    }

    private static boolean isRight(JsonNode row, String told) {
        JsonNode right = row.required("right");
        if (right.isString()) {
            return false;
        }
        if (right.has("same_as")) {
            return told.equals(
                    told(row, right.required("same_as").stringValue()).value());
        }
        if (right.has("differs_from")) {
            return !told.equals(
                    told(row, right.required("differs_from").stringValue()).value());
        }
        JsonNode values = right.required("value");
        if (!values.isArray()) {
            return isSame(told, values.stringValue());
        }
        boolean isOne = false;
        for (JsonNode value : values) {
            isOne |= isSame(told, value.stringValue());
        }
        return isOne;
    }

    /** Whether two texts are equal, or one moment. */
    private static boolean isSame(String told, String right) {
        return told.equals(right)
                || told.endsWith("Z") && right.endsWith("Z") && EventTimes.parse(told) == EventTimes.parse(right);
    }

    private static Told told(JsonNode row, String text) {
        return switch (row.required("as").stringValue()) {
            case "availability" -> of(AVAILABILITIES.read(text));
            case "timestamp" -> of(timestamps(row.required("options")).read(text));
            case "url" -> of(URLS.read(text));
            case "text" -> of(Texts.read(text));
            case "time" ->
                eventTime(text, row.required("options").required("format").stringValue());
            default -> throw new IllegalArgumentException(row.toString());
        };
    }

    private static Told eventTime(String text, String format) {
        try {
            return new Told(
                    EventTimes.format(
                            EventTimes.parse(text, Feed.Time.Format.valueOf(format.toUpperCase(Locale.ROOT)))),
                    "");
        } catch (DateTimeException e) {
            return new Told(null, String.valueOf(e.getMessage()));
        }
    }

    private static Timestamps timestamps(JsonNode options) {
        JsonNode zone = options.path("zone");
        JsonNode order = options.path("order");
        return Timestamps.of(new Normalizer.OfTimestamp(
                zone.isString() ? ZoneId.of(zone.stringValue()) : null,
                order.isString() ? Order.valueOf(order.stringValue().toUpperCase(Locale.ROOT)) : Order.AUTO,
                List.of(),
                DateCalendar.GREGORIAN));
    }

    private static Told of(Normalized<?> read) {
        if (read instanceof Normal<?> normal) {
            return new Told(
                    normal.value() instanceof Availability state
                            ? state.word()
                            : normal.value().toString(),
                    "");
        }
        String why = read instanceof Ambiguous<?> ambiguous
                ? ambiguous.why()
                : read instanceof Unparsed<?> unparsed ? unparsed.why() : "absent";
        return new Told(null, why);
    }
}
