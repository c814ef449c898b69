package io.leat.format;

import io.leat.core.ChangeId;
import io.leat.core.Compared;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Item;
import io.leat.core.Position;
import io.leat.core.Refusal;
import io.leat.core.Refusal.Code;
import io.leat.core.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns the bytes of a scrape into an item, or says why it is none.
 *
 * <p>A total function: whatever the bytes are, it answers and does not throw. The same bytes give the same answer on
 * every machine. Not safe for use by several threads at once.
 */
public final class ScrapeReader {

    private final Feed feed;
    private final List<Contract> contracts;
    private final List<String> comparedPaths;

    public ScrapeReader(Feed feed) {
        this.feed = feed;
        this.contracts = feed.contracts().stream()
                .<Contract>map(source -> JsonSchemaContract.compile(source))
                .toList();
        this.comparedPaths = feed.comparison() instanceof Feed.Comparison.Only only
                ? only.fields().stream().map(FieldPath::toString).toList()
                : List.of();
    }

    /**
     * Reads one scrape.
     *
     * @param value its bytes, {@code null} for a record without a value
     * @param brokerTimeMillis when the broker took it, milliseconds since 1970
     * @param position where it stands
     */
    public Verdict read(byte @Nullable [] value, long brokerTimeMillis, Position position) {
        try {
            return judge(value, brokerTimeMillis, position);
        } catch (RuntimeException | StackOverflowError e) {
            return refused(Refusal.of(
                    Code.INTERNAL,
                    "The record could not be judged: " + e.getClass().getName()));
        }
    }

    /** The key a record would have, {@code null} if it has none: what keeps a key in one partition. */
    public @Nullable String key(byte[] value) {
        return address(value) instanceof Keyed keyed ? keyed.key() : null;
    }

    /** Where a value belongs, before it is judged. */
    public sealed interface Address {}

    /**
     * It is a record.
     *
     * @param key {@code null} if it has none
     */
    public record Keyed(@Nullable String key) implements Address {}

    /** It is no record, whatever the feed. */
    public record NoRecord(Code code) implements Address {}

    /** Where a value belongs. A total function, as {@link #read} is. */
    public Address address(byte[] value) {
        try {
            if (value.length == 0 || value.length > Json.MAX_BYTES) {
                return new NoRecord(value.length == 0 ? Code.NOT_JSON : Code.TOO_LARGE);
            }
            if (!(parse(value) instanceof ObjectNode rec)) {
                return new NoRecord(Code.NOT_AN_OBJECT);
            }
            return new Keyed(keyOf(rec) instanceof Found<String> key ? key.value() : null);
        } catch (StreamConstraintsException e) {
            return new NoRecord(Code.TOO_LARGE);
        } catch (JacksonException e) {
            return new NoRecord(Code.NOT_JSON);
        } catch (RuntimeException | StackOverflowError e) {
            return new Keyed(null);
        }
    }

    /**
     * The compared values of an item told before.
     *
     * @param body the item as canonical JSON
     */
    public Compared compared(String body) {
        return compared(Json.OWN.readTree(body));
    }

    private Verdict judge(byte @Nullable [] value, long brokerTimeMillis, Position position) {
        if (value == null || value.length == 0) {
            return refused(Refusal.of(Code.NOT_JSON, "The record has no value."));
        }
        if (value.length > Json.MAX_BYTES) {
            return refused(Refusal.of(
                    Code.TOO_LARGE,
                    "The record has %d bytes, the limit is %d.".formatted(value.length, Json.MAX_BYTES)));
        }
        JsonNode root;
        try {
            root = parse(value);
        } catch (StreamConstraintsException e) {
            return refused(Refusal.of(Code.TOO_LARGE, firstLine(e)));
        } catch (JacksonException e) {
            return refused(Refusal.of(Code.NOT_JSON, firstLine(e)));
        }
        if (!(root instanceof ObjectNode rec)) {
            return refused(Refusal.of(Code.NOT_AN_OBJECT, "Expected a JSON object, found %s.".formatted(word(root))));
        }
        String version = "";
        if (!contracts.isEmpty()) {
            Refusal newest = null;
            for (Contract contract : contracts) {
                Refusal broken = contract.broken(rec);
                if (broken == null) {
                    newest = null;
                    version = contract.version();
                    break;
                }
                newest = newest == null ? broken : newest;
            }
            if (newest != null) {
                return refused(newest);
            }
        }
        return item(rec, version, brokerTimeMillis, position);
    }

    private Verdict item(ObjectNode rec, String version, long brokerTimeMillis, Position position) {
        Lookup<String> key = keyOf(rec);
        if (key instanceof Missing<String> missing) {
            return refused(missing.refusal());
        }
        Lookup<Long> time = timeOf(rec, brokerTimeMillis);
        if (time instanceof Missing<Long> missing) {
            return refused(missing.refusal());
        }
        String body = CanonicalJson.of(rec);
        if (isTooLarge(body, Json.MAX_BODY_BYTES) || isTooLarge(key.found(), Json.MAX_KEY_BYTES)) {
            return refused(Refusal.of(
                    Code.TOO_LARGE,
                    "The item in canonical form may have %d bytes and its key %d."
                            .formatted(Json.MAX_BODY_BYTES, Json.MAX_KEY_BYTES)));
        }
        Lookup<Long> tie = tieOf(rec, body);
        if (tie instanceof Missing<Long> missing) {
            return refused(missing.refusal());
        }
        return new Verdict.Kept(
                new Item(key.found(), time.found(), tie.found(), compared(rec), body, position, version));
    }

    private static boolean isTooLarge(String text, int limit) {
        return text.length() > limit / 3 && text.getBytes(StandardCharsets.UTF_8).length > limit;
    }

    private Lookup<String> keyOf(ObjectNode rec) {
        StringBuilder key = new StringBuilder("[");
        for (Feed.KeyPart part : feed.key()) {
            if (key.length() > 1) {
                key.append(',');
            }
            if (part instanceof Feed.KeyPart.Field field) {
                JsonNode value = at(rec, field.path());
                if (isEmpty(value)) {
                    return new Missing<>(Refusal.of(
                            Code.KEY_MISSING,
                            field.path().toString(),
                            "The key field '%s' is %s.".formatted(field.path(), word(value))));
                }
                CanonicalJson.write(value, key);
            } else if (part instanceof Feed.KeyPart.RestOf rest) {
                FieldPath path = rest.object();
                JsonNode value = path == null ? rec : at(rec, path);
                if (!(value instanceof ObjectNode object)) {
                    return new Missing<>(Refusal.of(
                            Code.KEY_MISSING,
                            String.valueOf(path),
                            "The key field '%s' should be an object, it is %s.".formatted(path, word(value))));
                }
                CanonicalJson.write(object.deepCopy().remove(rest.except()), key);
            }
        }
        return new Found<>(key.append(']').toString());
    }

    private Lookup<Long> timeOf(ObjectNode rec, long brokerTimeMillis) {
        Feed.Time time = feed.time();
        String path = time.field().toString();
        JsonNode value = at(rec, time.field());
        if (isEmpty(value)) {
            return new Missing<>(Refusal.of(
                    Code.TIME_MISSING, path, "The event-time field '%s' is %s.".formatted(path, word(value))));
        }
        Long micros = EventTimes.read(value, time.format());
        if (micros == null) {
            return new Missing<>(Refusal.of(
                    Code.TIME_INVALID,
                    path,
                    "The event-time field '%s' should be %s, found %s."
                            .formatted(
                                    path, time.format().name().toLowerCase(java.util.Locale.ROOT), Quote.of(value))));
        }
        long aheadMillis = Math.floorDiv(micros, 1_000) - brokerTimeMillis;
        if (aheadMillis > time.maxSkew().toMillis()) {
            return new Missing<>(Refusal.of(
                    Code.TIME_IN_FUTURE,
                    path,
                    "The event time %s is %d s ahead of the broker's clock, max_skew allows %d s."
                            .formatted(
                                    EventTimes.format(micros),
                                    aheadMillis / 1_000,
                                    time.maxSkew().toSeconds())));
        }
        return new Found<>(micros);
    }

    private Lookup<Long> tieOf(ObjectNode rec, String body) {
        FieldPath tieBreak = feed.time().tieBreak();
        if (tieBreak == null) {
            return new Found<>(ChangeId.tie(body));
        }
        JsonNode value = at(rec, tieBreak);
        return value.isIntegralNumber() && value.canConvertToLong()
                ? new Found<>(value.longValue())
                : new Missing<>(Refusal.of(
                        Code.TIE_BREAK_INVALID,
                        tieBreak.toString(),
                        "The tie-break field '%s' should be a whole number, found %s."
                                .formatted(tieBreak, Quote.of(value))));
    }

    private Compared compared(JsonNode rec) {
        List<String> values = new ArrayList<>();
        if (feed.comparison() instanceof Feed.Comparison.Only only) {
            for (FieldPath path : only.fields()) {
                values.add(CanonicalJson.of(compared(rec, path, only.former())));
            }
            return new Compared(comparedPaths, values);
        }
        List<FieldPath> ignored = ((Feed.Comparison.AllBut) feed.comparison()).fields();
        List<String> paths = new ArrayList<>();
        collect(rec, null, ignored, paths, values);
        return new Compared(paths, values);
    }

    private static JsonNode compared(JsonNode rec, FieldPath path, List<Feed.Comparison.FormerName> former) {
        JsonNode value = at(rec, path);
        for (int i = 0; value.isMissingNode() && i < former.size(); i++) {
            if (former.get(i).present().equals(path)) {
                value = at(rec, former.get(i).former());
            }
        }
        return value;
    }

    private static void collect(
            JsonNode object, @Nullable FieldPath at, List<FieldPath> ignored, List<String> paths, List<String> values) {
        object.properties().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(member -> {
                    FieldPath path = at == null ? new FieldPath(List.of(member.getKey())) : at.child(member.getKey());
                    if (ignored.contains(path)) {
                        return;
                    }
                    if (member.getValue() instanceof ObjectNode inner && !inner.isEmpty()) {
                        collect(inner, path, ignored, paths, values);
                    } else {
                        paths.add(path.toString());
                        values.add(CanonicalJson.of(member.getValue()));
                    }
                });
    }

    private static JsonNode at(JsonNode rec, FieldPath path) {
        JsonNode node = rec;
        for (String name : path.names()) {
            node = node.path(name);
        }
        return node;
    }

    private static JsonNode parse(byte[] value) {
        int first = value[0] & 0xff;
        if (first == 0xef || first == 0xfe || first == 0xff || first == 0 || (value.length > 1 && value[1] == 0)) {
            throw new tools.jackson.core.exc.StreamReadException(
                    null, "The value starts with a byte order mark or is not UTF-8.");
        }
        return Json.STRICT.readTree(value);
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || (value.isString() && value.stringValue().isEmpty());
    }

    private static String word(JsonNode value) {
        if (value.isMissingNode()) {
            return "absent";
        }
        return value.isString() && value.stringValue().isEmpty()
                ? "empty"
                : value.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    }

    private static String firstLine(JacksonException e) {
        String place = e.getLocation() == null
                ? ""
                : " (line %d, column %d)"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        return Quote.shorten(e.getOriginalMessage()) + place;
    }

    private static Verdict refused(Refusal refusal) {
        return new Verdict.Refused(refusal);
    }

    private sealed interface Lookup<T> {
        default T found() {
            return ((Found<T>) this).value();
        }
    }

    private record Found<T>(T value) implements Lookup<T> {}

    private record Missing<T>(Refusal refusal) implements Lookup<T> {}
}
