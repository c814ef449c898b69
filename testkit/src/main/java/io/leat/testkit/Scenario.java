package io.leat.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A folder that shows one rule: records in, what must come out.
 *
 * <p>{@code feed.yaml} declares the feed, {@code records.jsonl} holds the scrapes. {@code @} and a moment before one say when
 * the broker took it; a line that starts with {@code release } or {@code reject } is what a person says of the scrape that
 * follows on it, after {@code reset } comes which key.
 *
 * <p>{@code changes.jsonl}, {@code held.jsonl}, {@code dead.jsonl}, {@code late.jsonl} and {@code windows.jsonl} hold what
 * must come out, for each key in order, one JSON object a line; an absent file means nothing. What comes out may say more
 * than is expected of it. {@code counters.json} says where the scrapes went, {@code waiting} how many still wait in the
 * end; where that is absent the end is waited for.
 *
 * @param folder where it is
 */
public record Scenario(Path folder) {

    /** The time of a record that the broker may take at any time. */
    public static final long ANY_TIME = -1;

    /** The counter of records that wait in the end. */
    public static final String WAITING = "waiting";

    private static final Path ALL = Path.of("..", "scenarios");
    private static final Pattern LINE = Pattern.compile("(?:@(\\S+) )?(?:(release|reject|reset) )?(.*)");

    /**
     * A line of the records.
     *
     * @param takenMillis when the broker took it, milliseconds since 1970, or {@link #ANY_TIME}
     * @param ruling what a person says of the scrape; empty for the scrape itself
     * @param value the scrape
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
    public record Line(long takenMillis, String ruling, byte[] value) {

        private static Line of(String text) {
            Matcher parts = LINE.matcher(text);
            boolean unused = parts.matches(); // any line does
            return new Line(
                    parts.group(1) == null
                            ? ANY_TIME
                            : Instant.parse(parts.group(1)).toEpochMilli(),
                    parts.group(2) == null ? "" : parts.group(2),
                    parts.group(3).getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * What came out.
     *
     * @param changes the change records, those of a key in order
     * @param held the records about held items, those of a key in order
     * @param dead for each refused scrape an object with its {@code code}, in order
     * @param late the items put aside, in order
     * @param windows the last result of each span, by window, start and key
     */
    public record Found(
            List<JsonNode> changes,
            List<JsonNode> held,
            List<JsonNode> dead,
            List<JsonNode> late,
            List<JsonNode> windows) {}

    /** All of them, by name. */
    public static List<Scenario> all() {
        try (Stream<Path> folders = Files.list(ALL)) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(Scenario::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder's name. */
    public String name() {
        return folder.getFileName().toString();
    }

    public Path feedFile() {
        return folder.resolve("feed.yaml");
    }

    /** The records in order. */
    public List<Line> records() {
        return lines("records.jsonl").stream().map(Line::of).toList();
    }

    /**
     * What is wrong with an outcome; empty if nothing is.
     *
     * @param counters where the scrapes went
     */
    public List<String> judge(Found found, Map<String, Long> counters) {
        List<String> wrong = judge(found);
        Map<String, Long> expected = counters();
        long sum = 0;
        for (Map.Entry<String, Long> counter : counters.entrySet()) {
            long wanted = expected.getOrDefault(counter.getKey(), 0L);
            if (wanted != counter.getValue()) {
                wrong.add("counter %s: expected %s, found %s".formatted(counter.getKey(), wanted, counter.getValue()));
            }
            sum += counter.getKey().equals("in") ? 0 : counter.getValue();
        }
        if (sum != counters.getOrDefault("in", 0L)) {
            wrong.add("the counters do not balance: " + counters);
        }
        return wrong;
    }

    /** As above, where the counters are judged elsewhere. */
    public List<String> judge(Found found) {
        List<String> wrong = new ArrayList<>();
        compare("changes.jsonl", found.changes(), wrong);
        compare("held.jsonl", found.held(), wrong);
        compare("dead.jsonl", found.dead(), wrong);
        compare("late.jsonl", found.late(), wrong);
        compare("windows.jsonl", found.windows(), wrong);
        return wrong;
    }

    /** How many records still wait in the end. */
    public long waiting() {
        return counters().getOrDefault(WAITING, 0L);
    }

    /** Where the scrapes must go; a counter that is not named is 0. */
    public Map<String, Long> counters() {
        Map<String, Long> counters = new LinkedHashMap<>();
        PlainJson.parse(String.join("\n", lines("counters.json")))
                .properties()
                .forEach(counter ->
                        counters.put(counter.getKey(), counter.getValue().longValue()));
        return counters;
    }

    private void compare(String file, List<JsonNode> found, List<String> wrong) {
        Map<String, List<JsonNode>> expected =
                byKey(lines(file).stream().map(PlainJson::parse).toList());
        Map<String, List<JsonNode>> actual = byKey(found);
        if (!expected.keySet().equals(actual.keySet())) {
            wrong.add("%s: expected keys %s, found %s".formatted(file, expected.keySet(), actual.keySet()));
        }
        expected.forEach((key, wanted) -> {
            List<JsonNode> got = actual.getOrDefault(key, List.of());
            for (int i = 0; i < Math.max(wanted.size(), got.size()); i++) {
                if (i >= wanted.size()) {
                    wrong.add("%s: not expected: %s".formatted(file, got.get(i)));
                } else if (i >= got.size()) {
                    wrong.add("%s: missing: %s".formatted(file, wanted.get(i)));
                } else if (!says(wanted.get(i), got.get(i))) {
                    wrong.add("%s: expected %s, found %s".formatted(file, wanted.get(i), got.get(i)));
                }
            }
        });
    }

    private static Map<String, List<JsonNode>> byKey(List<JsonNode> records) {
        Map<String, List<JsonNode>> byKey = new LinkedHashMap<>();
        records.forEach(each -> byKey.computeIfAbsent(PlainJson.text(each.path("key")), key -> new ArrayList<>())
                .add(each));
        return byKey;
    }

    /** Whether a value says everything that is expected of it. */
    private static boolean says(JsonNode expected, JsonNode found) {
        if (!expected.isObject()) {
            return PlainJson.text(expected).equals(PlainJson.text(found));
        }
        return found.isObject()
                && expected.properties().stream()
                        .allMatch(member -> says(member.getValue(), found.path(member.getKey())));
    }

    private List<String> lines(String file) {
        Path path = folder.resolve(file);
        try {
            return Files.exists(path)
                    ? Arrays.stream(Files.readString(path).split("\n"))
                            .filter(line -> !line.isBlank())
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
