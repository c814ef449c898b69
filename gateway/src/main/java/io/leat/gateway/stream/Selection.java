package io.leat.gateway.stream;

import io.leat.core.FieldPath;
import io.leat.core.Op;
import io.leat.format.ChangeJson;
import io.leat.gateway.log.Told;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which changes a reader wants.
 *
 * @param fields a field of the item, and the values of which it must have one: a text as it is, a number however it is
 *     written, anything else as JSON; where there is no item any more, only what is known of it can fail to have it
 * @param keyPrefix the leading parts of the key; the last one may be the beginning of its part
 * @param ops the kinds of change; empty for all
 */
record Selection(Map<FieldPath, Values> fields, List<String> keyPrefix, Set<String> ops) {

    static final String FIELD = "field.";
    static final String KEY_PREFIX = "key_prefix";
    static final String OP = "op";
    private static final int MAX_CONDITIONS = 32;

    /**
     * The values wanted of a field.
     *
     * @param written as they were asked for
     * @param numbers the same in the one spelling that numbers have in the log
     */
    record Values(Set<String> written, Set<String> numbers) {

        static Values of(List<String> written) {
            Set<String> numbers = new HashSet<>();
            for (String value : written) {
                String spelled = ChangeJson.spelled(value);
                if (spelled != null) {
                    numbers.add(spelled);
                }
            }
            return new Values(Set.copyOf(written), Set.copyOf(numbers));
        }

        boolean have(JsonNode value) {
            return value.isNumber() ? numbers.contains(text(value)) : written.contains(text(value));
        }
    }

    /**
     * Reads the parameters of a request.
     *
     * @throws IllegalArgumentException with a sentence that repeats nothing of the request
     */
    static Selection of(MultiMap parameters) {
        Map<FieldPath, Values> fields = new LinkedHashMap<>();
        int conditions = 0;
        for (String name : parameters.names()) {
            if (name.startsWith(FIELD)) {
                conditions += parameters.getAll(name).size();
                fields.put(path(name), Values.of(parameters.getAll(name)));
            }
        }
        if (conditions > MAX_CONDITIONS || parameters.getAll(KEY_PREFIX).size() > MAX_CONDITIONS) {
            throw new IllegalArgumentException("At most " + MAX_CONDITIONS + " conditions.");
        }
        Set<String> known = Stream.of(Op.values()).map(Op::word).collect(Collectors.toSet());
        Set<String> ops = Set.copyOf(parameters.getAll(OP));
        if (!known.containsAll(ops)) {
            throw new IllegalArgumentException(
                    "op is one of " + known.stream().sorted().toList() + ".");
        }
        return new Selection(fields, List.copyOf(parameters.getAll(KEY_PREFIX)), ops);
    }

    private static FieldPath path(String name) {
        try {
            return FieldPath.parse(name.substring(FIELD.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "A field is named as in field.shop=value or field.record\\.price=12.", e);
        }
    }

    /** Whether it takes every change. */
    boolean isAll() {
        return fields.isEmpty() && keyPrefix.isEmpty() && ops.isEmpty();
    }

    /** Whether it takes this one. */
    boolean takes(Told change) {
        if (isAll()) {
            return true;
        }
        JsonNode node = read(change);
        return node != null
                && (ops.isEmpty() || ops.contains(text(node.path("op"))))
                && hasPrefix(node.path("key"))
                && hasFields(node);
    }

    /**
     * What tells of no item, a key that is gone or was reset, is judged by what {@code before} has of it: a reader who would
     * not be told keeps what is no more.
     */
    private boolean hasFields(JsonNode change) {
        JsonNode after = change.path("after");
        boolean isNoMore = after.isNull();
        JsonNode item = isNoMore ? change.path("before") : after;
        for (Map.Entry<FieldPath, Values> field : fields.entrySet()) {
            JsonNode value = item;
            for (String name : field.getKey().names()) {
                value = value.path(name);
            }
            if (isNoMore && value.isMissingNode()) {
                continue;
            }
            if (value.isMissingNode() || !field.getValue().have(value)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasPrefix(JsonNode key) {
        List<String> parts = new ArrayList<>();
        key.forEach(part -> parts.add(text(part)));
        for (int i = 0; i < keyPrefix.size(); i++) {
            boolean last = i == keyPrefix.size() - 1;
            if (i >= parts.size()
                    || !(last
                            ? parts.get(i).startsWith(keyPrefix.get(i))
                            : parts.get(i).equals(keyPrefix.get(i)))) {
                return false;
            }
        }
        return true;
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : ChangeJson.text(value);
    }

    private static @Nullable JsonNode read(Told change) {
        try {
            return ChangeJson.tree(change.value());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
