package io.leat.testkit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON by its meaning: two values are the same exactly when their {@link #text} is. Members are sorted and numbers are
 * compared as decimals, so 1, 1.0 and 10e-1 are one value.
 */
public final class PlainJson {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PlainJson() {}

    /**
     * Reads one document.
     *
     * @throws tools.jackson.core.JacksonException if it is none, or repeats a member
     */
    public static JsonNode parse(byte[] json) {
        return MAPPER.readTree(json);
    }

    /** As {@link #parse(byte[])}. */
    public static JsonNode parse(String json) {
        return MAPPER.readTree(json);
    }

    /** The one spelling of a value; an absent one is {@code null}. */
    public static String text(JsonNode value) {
        StringBuilder out = new StringBuilder(64);
        write(value, out);
        return out.toString();
    }

    /** The names of a dotted path; a backslash takes the next character literally. */
    public static List<String> path(String dotted) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < dotted.length(); i++) {
            char c = dotted.charAt(i);
            if (c == '.') {
                names.add(name.toString());
                name.setLength(0);
            } else {
                name.append(c == '\\' && i + 1 < dotted.length() ? dotted.charAt(++i) : c);
            }
        }
        names.add(name.toString());
        return List.copyOf(names);
    }

    /** The value at a path, a missing node if there is none. */
    public static JsonNode at(JsonNode value, List<String> path) {
        JsonNode at = value;
        for (String name : path) {
            at = at.path(name);
        }
        return at;
    }

    /** One value with the leaves of another in place of its own. */
    static JsonNode laidOver(JsonNode below, JsonNode above) {
        if (!below.isObject() || !above.isObject() || above.isEmpty()) {
            return above;
        }
        ObjectNode whole = ((ObjectNode) below).deepCopy();
        above.properties()
                .forEach(each -> whole.set(
                        each.getKey(),
                        whole.has(each.getKey())
                                ? laidOver(whole.get(each.getKey()), each.getValue())
                                : each.getValue()));
        return whole;
    }

    private static void write(JsonNode value, StringBuilder out) {
        if (value.isMissingNode() || value.isNull()) {
            out.append("null");
        } else if (value.isNumber()) {
            out.append(number(value));
        } else if (value.isString()) {
            quote(value.stringValue(), out);
        } else if (value.isArray()) {
            char before = '[';
            for (JsonNode element : value) {
                write(element, out.append(before));
                before = ',';
            }
            out.append(before == '[' ? "[]" : "]");
        } else if (value.isObject()) {
            writeObject(value, out);
        } else {
            out.append(value.booleanValue());
        }
    }

    private static void writeObject(JsonNode object, StringBuilder out) {
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>(object.properties());
        members.sort(Map.Entry.comparingByKey());
        char before = '{';
        for (Map.Entry<String, JsonNode> member : members) {
            quote(member.getKey(), out.append(before));
            write(member.getValue(), out.append(':'));
            before = ',';
        }
        out.append(before == '{' ? "{}" : "}");
    }

    private static String number(JsonNode number) {
        if (number.isIntegralNumber() && number.canConvertToLong()) {
            return Long.toString(number.longValue());
        }
        BigDecimal bare = number.decimalValue().stripTrailingZeros();
        boolean isShort = Math.abs((long) bare.scale()) <= 64;
        return isShort ? bare.toPlainString() : bare.unscaledValue() + "e" + -(long) bare.scale();
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u" + HexFormat.of().toHexDigits(c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
