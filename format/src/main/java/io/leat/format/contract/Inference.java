package io.leat.format.contract;

import io.leat.format.json.Document;
import io.leat.format.json.JsonKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Proposes a contract from records: what all of them have in common. For one thread. */
public final class Inference {

    /** A text of so few values in so many records is a choice among them: to be shown, but not known to be all. */
    private static final int MOST_CHOICES = 8;

    private static final int LEAST_FOR_CHOICE = 40;
    private static final int LONGEST_CHOICE = 24;
    /**
     * The only choices that records show to be complete. Sites, states and styles that have been the same in a hundred
     * thousand records get one more in the next.
     */
    private static final List<Set<String>> YES_OR_NO =
            List.of(Set.of("true", "false"), Set.of("yes", "no"), Set.of("y", "n"), Set.of("on", "off"));
    /** An object with more names than this is a table, not a record. */
    private static final int MOST_MEMBERS = 200;

    private static final List<String> FORMATS = List.of("date-time", "date", "uri", "uuid", "email");

    private final Seen root = new Seen();
    private final JsonMapper json = new JsonMapper();

    /** Takes a record into account. */
    public void add(Document rec) {
        root.add(rec, Document.ROOT);
    }

    /** How many records have been taken into account. */
    public long records() {
        return root.count;
    }

    /** A JSON Schema that all of them keep, in draft 2020-12, as readable text. */
    public String schema() {
        ObjectNode schema = json.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.setAll(root.schema(json));
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    }

    /** What has been seen at one place of the records. */
    private static final class Seen {

        private final Map<JsonKind, Long> kinds = new LinkedHashMap<>();
        private final Map<String, Seen> members = new LinkedHashMap<>();
        private final Set<String> choices = new LinkedHashSet<>();
        private final Set<String> returned = new HashSet<>();
        private String lastText = "";
        private final List<TextFormat> formats = new ArrayList<>();
        private @Nullable Seen elements;
        private boolean isTable;
        private boolean hasEmpty;
        private boolean hasFraction;
        private boolean hasNegative;
        private long count;

        Seen() {
            for (String name : FORMATS) {
                TextFormat format = TextFormat.of(name);
                if (format != null) {
                    formats.add(format);
                }
            }
        }

        void add(Document rec, int value) {
            count++;
            JsonKind kind = rec.kind(value);
            kinds.merge(kind == JsonKind.FALSE ? JsonKind.TRUE : kind, 1L, Long::sum);
            switch (kind) {
                case OBJECT -> addMembers(rec, value);
                case ARRAY -> addElements(rec, value);
                case STRING -> addText(rec, value);
                case NUMBER -> addNumber(rec.decimal(value));
                default -> {
                    // nothing more to learn from it
                }
            }
        }

        private void addMembers(Document rec, int object) {
            for (int member = object + 1; member < rec.after(object); member = rec.after(member)) {
                if (!isTable) {
                    members.computeIfAbsent(rec.name(member), name -> new Seen())
                            .add(rec, member);
                }
                isTable |= members.size() > MOST_MEMBERS;
            }
        }

        private void addElements(Document rec, int array) {
            Seen all = elements == null ? new Seen() : elements;
            elements = all;
            for (int element = array + 1; element < rec.after(array); element = rec.after(element)) {
                all.add(rec, element);
            }
        }

        private void addText(Document rec, int string) {
            hasEmpty |= rec.length(string) == 0;
            formats.removeIf(format -> !format.fits(rec, string));
            if (choices.size() <= MOST_CHOICES) {
                addChoice(rec.length(string) > LONGEST_CHOICE ? "\0" + choices.size() : rec.text(string));
            }
        }

        /** What has come, gone and come again is a choice; the id of a crawl goes for good. */
        private void addChoice(String text) {
            if (!choices.add(text) && !text.equals(lastText)) {
                returned.add(text);
            }
            lastText = text;
        }

        private void addNumber(BigDecimal number) {
            hasNegative |= number.signum() < 0;
            hasFraction |= number.signum() != 0 && number.stripTrailingZeros().scale() > 0;
        }

        ObjectNode schema(JsonMapper json) {
            ObjectNode schema = json.createObjectNode();
            List<String> types = kinds.keySet().stream().map(this::type).toList();
            if (types.size() == 1) {
                schema.put("type", types.get(0));
            } else if (!types.isEmpty()) {
                ArrayNode list = schema.putArray("type");
                types.forEach(list::add);
            }
            boolean isText = kinds.containsKey(JsonKind.STRING);
            if (isText && !formats.isEmpty() && !hasEmpty) {
                schema.put("format", formats.get(0).name());
            } else if (isText && !hasEmpty) {
                schema.put("minLength", 1);
            }
            if (isChoice()) {
                if (isComplete()) {
                    schema.remove("minLength");
                }
                ArrayNode list = schema.putArray(isComplete() ? "enum" : "examples");
                choices.stream().sorted().forEach(list::add);
            }
            if (kinds.containsKey(JsonKind.NUMBER) && !hasNegative) {
                schema.put("minimum", 0);
            }
            if (kinds.containsKey(JsonKind.OBJECT) && !isTable) {
                describeMembers(json, schema);
            }
            if (elements != null && elements.count > 0) {
                schema.set("items", elements.schema(json));
            }
            return schema;
        }

        private String type(JsonKind kind) {
            return kind == JsonKind.NUMBER && !hasFraction ? "integer" : kind.word();
        }

        private boolean isChoice() {
            return kinds.size() == 1
                    && kinds.containsKey(JsonKind.STRING)
                    && (formats.isEmpty() || hasEmpty)
                    && choices.size() <= MOST_CHOICES
                    && returned.equals(choices)
                    && count >= (long) LEAST_FOR_CHOICE * choices.size();
        }

        private boolean isComplete() {
            Set<String> words =
                    choices.stream().map(word -> word.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
            return YES_OR_NO.contains(words);
        }

        private void describeMembers(JsonMapper json, ObjectNode schema) {
            long objects = kinds.getOrDefault(JsonKind.OBJECT, 0L);
            List<String> always = members.entrySet().stream()
                    .filter(member -> member.getValue().count == objects)
                    .map(Map.Entry::getKey)
                    .toList();
            if (!always.isEmpty()) {
                ArrayNode required = schema.putArray("required");
                always.forEach(required::add);
            }
            if (!members.isEmpty()) {
                ObjectNode properties = schema.putObject("properties");
                members.forEach((name, seen) -> properties.set(name, seen.schema(json)));
            }
        }
    }
}
