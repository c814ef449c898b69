package io.leat.testkit;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Which fields of an item tell a change, as dotted paths. An absent field is null. */
public sealed interface ComparedFields {

    /** The compared values as one text: two items are the same exactly when their texts are. */
    String text(JsonNode item);

    /** These fields and no others. */
    static ComparedFields only(String... paths) {
        return new Only(Arrays.stream(paths).map(PlainJson::path).toList());
    }

    /** Every field but these and what lies within them. */
    static ComparedFields allBut(String... paths) {
        return new AllBut(
                new HashSet<>(Arrays.stream(paths).map(PlainJson::path).toList()));
    }

    /** These fields and no others. */
    record Only(List<List<String>> paths) implements ComparedFields {
        public Only {
            paths = List.copyOf(paths);
        }

        @Override
        public String text(JsonNode item) {
            StringBuilder text = new StringBuilder(64);
            for (List<String> path : paths) {
                text.append(PlainJson.text(PlainJson.at(item, path))).append('\n');
            }
            return composed(text.toString());
        }
    }

    /** Every field but these; objects are compared leaf by leaf. */
    record AllBut(Set<List<String>> paths) implements ComparedFields {
        public AllBut {
            paths = Set.copyOf(paths);
        }

        @Override
        public String text(JsonNode item) {
            Map<String, String> leaves = new TreeMap<>();
            collect(item, List.of(), leaves);
            return composed(leaves.toString());
        }

        private void collect(JsonNode object, List<String> at, Map<String, String> leaves) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                List<String> path = new ArrayList<>(at);
                path.add(member.getKey());
                JsonNode value = member.getValue();
                if (paths.contains(path) || value.isNull()) {
                    continue;
                }
                if (value.isObject() && !value.isEmpty()) {
                    collect(value, path, leaves);
                } else {
                    leaves.put(String.join("\0", path), PlainJson.text(value));
                }
            }
        }
    }

    private static String composed(String text) {
        return Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFC);
    }
}
