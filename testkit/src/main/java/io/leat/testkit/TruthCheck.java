package io.leat.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Holds a change log against the truth: the same keys, times, old and new values, none missing, none extra.
 *
 * <p>Values are compared decoded: numbers as decimals, absent is null. The order matters within a key, not between keys.
 * First {@link #expect} every row, then {@link #add} every change.
 */
public final class TruthCheck {

    private static final int SAMPLES = 10;

    /** One change as canonical text. */
    private record Told(long timeMicros, @Nullable String before, String after) {
        @Override
        public String toString() {
            return "at " + timeMicros + " µs from " + before + " to " + after;
        }
    }

    private final List<List<String>> paths;
    private final UnaryOperator<JsonNode> truthKey;
    private final Predicate<String> isSkipped;
    private final Map<List<String>, List<String>> former = new HashMap<>();
    private final Map<String, Deque<Told>> expected = new HashMap<>();
    private final List<String> samples = new ArrayList<>();
    private long rows;
    private long matched;
    private long extra;
    private long missing;
    private long skipped;

    /** Compares the values at these dotted paths, in the order of the truth's columns. */
    public TruthCheck(String... paths) {
        this(List.of(paths), key -> key, key -> false);
    }

    /**
     * A check with its own idea of keys.
     *
     * @param paths the dotted paths of the tracked values, in the order of the truth's columns
     * @param truthKey turns a key of the truth into the feed's, such as {@link #objectsInText}
     * @param isSkipped keys (as {@link PlainJson#text}) to be left out, because several records of one moment make their
     *     list ambiguous
     */
    public TruthCheck(List<String> paths, UnaryOperator<JsonNode> truthKey, Predicate<String> isSkipped) {
        this.paths = paths.stream().map(PlainJson::path).toList();
        this.truthKey = truthKey;
        this.isSkipped = isSkipped;
    }

    /** A key whose texts that hold a JSON object are replaced by the object. */
    public static JsonNode objectsInText(JsonNode key) {
        var list = JsonNodeFactory.instance.arrayNode();
        for (JsonNode part : key) {
            boolean isObject = part.isString() && part.stringValue().startsWith("{");
            list.add(isObject ? PlainJson.parse(part.stringValue()) : part);
        }
        return list;
    }

    /** Takes the value at a former dotted path for an item that has none at the present one. */
    public TruthCheck orFormer(String present, String formerPath) {
        former.put(PlainJson.path(present), PlainJson.path(formerPath));
        return this;
    }

    /** Adds a row of the truth. */
    public void expect(Truth.Row row) {
        String key = PlainJson.text(truthKey.apply(row.key()));
        if (isSkipped.test(key)) {
            return;
        }
        rows++;
        JsonNode before = row.before();
        Told told = new Told(
                Moments.micros(row.arrivedAt()),
                before == null ? null : PlainJson.text(before),
                PlainJson.text(row.after()));
        expected.computeIfAbsent(key, k -> new ArrayDeque<>(2)).add(told);
    }

    /** Adds the next change of the log; changes of one key in their order. */
    public void add(ChangeLine line) {
        String key = line.keyText();
        if (isSkipped.test(key)) {
            skipped++;
            return;
        }
        JsonNode before = line.before();
        Told told = new Told(line.eventTimeMicros(), before == null ? null : values(before), values(line.after()));
        Deque<Told> queue = expected.get(key);
        if (queue == null || !queue.contains(told)) {
            extra++;
            sample("extra " + key + " " + told + (queue == null || queue.isEmpty() ? "" : ", next is " + queue.peek()));
            return;
        }
        for (Told next = queue.remove(); !next.equals(told); next = queue.remove()) {
            missing++;
            sample("missing " + key + " " + next);
        }
        matched++;
    }

    /** Ends the comparison: whatever is still expected is missing. */
    public Outcome finish() {
        expected.forEach((key, queue) -> {
            missing += queue.size();
            queue.forEach(told -> sample("missing " + key + " " + told));
        });
        expected.clear();
        return new Outcome(rows, matched, missing, extra, skipped, List.copyOf(samples));
    }

    /**
     * How a log compares.
     *
     * @param rows of the truth
     * @param matched rows the log has
     * @param missing rows the log has not
     * @param extra changes the truth has not
     * @param skipped changes of keys left out
     * @param samples the first differences in words
     */
    public record Outcome(long rows, long matched, long missing, long extra, long skipped, List<String> samples) {

        /** Whether log and truth are one. */
        public boolean isExact() {
            return missing == 0 && extra == 0 && matched == rows;
        }

        @Override
        public String toString() {
            String line = "truth rows=%s matched=%s missing=%s extra=%s skipped=%s"
                    .formatted(rows, matched, missing, extra, skipped);
            return line + samples.stream().map(text -> "\n  " + text).collect(Collectors.joining());
        }
    }

    private String values(JsonNode item) {
        String[] values = new String[paths.size()];
        Arrays.setAll(values, i -> PlainJson.text(value(item, paths.get(i))));
        return "[" + String.join(",", values) + "]";
    }

    private JsonNode value(JsonNode item, List<String> path) {
        JsonNode value = PlainJson.at(item, path);
        List<String> other = former.get(path);
        return value.isMissingNode() && other != null ? PlainJson.at(item, other) : value;
    }

    private void sample(String text) {
        if (samples.size() < SAMPLES) {
            samples.add(text);
        }
    }
}
