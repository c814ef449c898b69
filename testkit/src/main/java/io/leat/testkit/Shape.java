package io.leat.testkit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a reference needs to know of a feed.
 *
 * @param key what identifies an item
 * @param time when it was extracted
 * @param tie a whole number that orders items of one moment, {@code null} if nothing does
 * @param compared which fields tell a change
 * @param contract which records are kept; written by hand in the test, not the product's engine
 */
public record Shape(
        Key key, Time time, @Nullable List<String> tie, ComparedFields compared, Predicate<JsonNode> contract) {

    public Shape {
        tie = tie == null ? null : List.copyOf(tie);
    }

    /** A shape without tie and contract; {@code key} and {@code time} are dotted paths. */
    public static Shape of(List<String> key, String time, ComparedFields compared) {
        return new Shape(Key.fields(key), Time.rfc3339(time), null, compared, rec -> true);
    }

    /** The same with a tie. */
    public Shape withTie(String dotted) {
        return new Shape(key, time, PlainJson.path(dotted), compared, contract);
    }

    /** The same with a contract. */
    public Shape withContract(Predicate<JsonNode> kept) {
        return new Shape(key, time, tie, compared, kept);
    }

    /** Finds the key of a record. */
    @FunctionalInterface
    public interface Key {

        /** The key as a list in {@link PlainJson#text}, {@code null} if a part is missing or empty. */
        @Nullable
        String of(JsonNode rec);

        /** The values of these dotted paths. */
        static Key fields(List<String> dotted) {
            List<List<String>> paths = dotted.stream().map(PlainJson::path).toList();
            return rec -> {
                StringBuilder key = new StringBuilder("[");
                for (List<String> path : paths) {
                    JsonNode part = PlainJson.at(rec, path);
                    if (isEmpty(part)) {
                        return null;
                    }
                    key.append(key.length() == 1 ? "" : ",").append(PlainJson.text(part));
                }
                return key.append(']').toString();
            };
        }

        /** The values of these dotted paths, then all members of an object but some. */
        static Key fieldsAndRest(List<String> dotted, String object, String... except) {
            Key fields = fields(dotted);
            List<String> path = PlainJson.path(object);
            return rec -> {
                String first = fields.of(rec);
                if (first == null || !(PlainJson.at(rec, path) instanceof ObjectNode whole)) {
                    return null;
                }
                ObjectNode rest = whole.deepCopy();
                rest.remove(new HashSet<>(Arrays.asList(except)));
                return first.substring(0, first.length() - 1) + "," + PlainJson.text(rest) + "]";
            };
        }

        private static boolean isEmpty(JsonNode part) {
            return part.isMissingNode()
                    || part.isNull()
                    || part.isString() && part.stringValue().isEmpty();
        }
    }

    /** Finds the event time of a record. */
    @FunctionalInterface
    public interface Time {

        /** Microseconds since 1970, empty if there is no valid time. */
        OptionalLong micros(JsonNode rec);

        /** RFC 3339 text at a dotted path. */
        static Time rfc3339(String dotted) {
            List<String> path = PlainJson.path(dotted);
            return rec -> {
                JsonNode value = PlainJson.at(rec, path);
                return value.isString() ? Moments.micros(value.stringValue()) : OptionalLong.empty();
            };
        }

        /** A number of units since 1970 at a dotted path, such as 1,000 microseconds. */
        static Time since1970(String dotted, long microsPerUnit) {
            List<String> path = PlainJson.path(dotted);
            return rec -> {
                JsonNode value = PlainJson.at(rec, path);
                if (!value.isNumber()) {
                    return OptionalLong.empty();
                }
                BigDecimal micros = value.decimalValue().multiply(BigDecimal.valueOf(microsPerUnit));
                return OptionalLong.of(micros.setScale(0, RoundingMode.FLOOR).longValueExact());
            };
        }
    }
}
