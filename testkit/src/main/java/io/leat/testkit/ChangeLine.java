package io.leat.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One record of a change log, read from the published format alone.
 *
 * @param id the same after every replay
 * @param feed whose log it is
 * @param key a JSON list
 * @param seq 1, 2, 3 … per key
 * @param op {@code new}, {@code update}, {@code gone} or {@code back}
 * @param changed dotted paths of what differs
 * @param before the compared fields as they were, {@code null} for the first of a key
 * @param after the whole item, the JSON null for one that is gone
 * @param eventTimeMicros microseconds since 1970
 * @param tie 16 hexadecimal digits
 * @param source where the scrape stood
 * @param contract which version it kept, {@code null} for none
 * @param told the values of {@code before} as they were told last where those were read again since, {@code null} if none was
 */
public record ChangeLine(
        String id,
        String feed,
        JsonNode key,
        long seq,
        String op,
        List<String> changed,
        @Nullable JsonNode before,
        JsonNode after,
        long eventTimeMicros,
        String tie,
        Source source,
        @Nullable String contract,
        @Nullable JsonNode told) {

    private static final List<String> OPS = List.of("new", "update", "gone", "back", "reset");
    private static final Pattern TIE = Pattern.compile("[0-9a-f]{16}");

    public ChangeLine {
        changed = List.copyOf(changed);
    }

    /** Where a scrape stood in the raw topic. */
    public record Source(String topic, int partition, long offset) {}

    /**
     * Reads one record.
     *
     * @throws IllegalArgumentException if it is not a change
     */
    public static ChangeLine parse(byte[] json) {
        try {
            return read(PlainJson.parse(json));
        } catch (JacksonException | IllegalStateException e) {
            throw new IllegalArgumentException(
                    "not a change: " + e.getMessage() + " in " + new String(json, StandardCharsets.UTF_8), e);
        }
    }

    /** As {@link #parse(byte[])}. */
    public static ChangeLine parse(String json) {
        return parse(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The key as text, the same for equal keys. */
    public String keyText() {
        return PlainJson.text(key);
    }

    /** What the change ahead left of the compared fields: {@code before} with {@code told} laid over it. */
    public @Nullable JsonNode left() {
        return before == null || told == null ? before : PlainJson.laidOver(before, told);
    }

    private static ChangeLine read(JsonNode line) {
        JsonNode before = line.required("before");
        JsonNode contract = line.required("contract");
        JsonNode source = line.required("source");
        String op = line.required("op").stringValue();
        String tie = line.required("tie").stringValue();
        String time = line.required("event_time").stringValue();
        List<String> changed = new ArrayList<>();
        line.required("changed").forEach(path -> changed.add(path.stringValue()));
        check(line.required("key").isArray(), "key is no list");
        check(OPS.contains(op), "op is none of " + OPS);
        check(before.isNull() || before.isObject(), "before is no object");
        check(
                line.required("after").isObject()
                        || (op.equals("gone") || op.equals("reset"))
                                && line.required("after").isNull(),
                "after is no object");
        check(TIE.matcher(tie).matches(), "tie is not 16 hexadecimal digits");
        check(time.endsWith("Z"), "event_time is not in UTC");
        return new ChangeLine(
                line.required("id").stringValue(),
                line.required("feed").stringValue(),
                line.required("key"),
                line.required("seq").longValue(),
                op,
                changed,
                before.isNull() ? null : before,
                line.required("after"),
                Moments.micros(time).orElseThrow(() -> new IllegalStateException("event_time is not RFC 3339")),
                tie,
                new Source(
                        source.required("topic").stringValue(),
                        source.required("partition").intValue(),
                        source.required("offset").longValue()),
                contract.isNull() ? null : contract.stringValue(),
                line.get("told"));
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
