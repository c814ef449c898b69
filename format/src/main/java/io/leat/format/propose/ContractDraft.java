package io.leat.format.propose;

import io.leat.format.json.JsonKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A contract for what the feed relies on: the types of key, time and compared fields, and which of them are always there.
 * All else may be anything, so that a field nobody asked for can change without stopping an item.
 */
final class ContractDraft {

    private static final double ALWAYS = 0.999;
    private static final int EXAMPLES = 3;

    private final Table table;
    private final JsonMapper json = new JsonMapper();
    private final Map<List<String>, Column> relied = new LinkedHashMap<>();

    ContractDraft(Table table, List<Column> relied) {
        this.table = table;
        relied.forEach(column -> this.relied.put(column.path().names(), column));
    }

    /** The JSON Schema as readable text. */
    String schema() {
        ObjectNode schema = json.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.setAll(object(List.of()));
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    }

    private ObjectNode object(List<String> above) {
        ObjectNode schema = json.createObjectNode();
        schema.put("type", "object");
        Set<String> names = new LinkedHashSet<>();
        relied.keySet().stream()
                .filter(path -> path.size() > above.size()
                        && path.subList(0, above.size()).equals(above))
                .forEach(path -> names.add(path.get(above.size())));
        ArrayNode required = json.createArrayNode();
        ObjectNode properties = json.createObjectNode();
        for (String name : names) {
            List<String> path = new ArrayList<>(above);
            path.add(name);
            Column column = relied.get(path);
            properties.set(name, column == null ? object(path) : field(column));
            if (column == null ? isObjectAlways(path) : table.presence(column) >= ALWAYS) {
                required.add(name);
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        schema.set("properties", properties);
        return schema;
    }

    private boolean isObjectAlways(List<String> path) {
        return relied.entrySet().stream()
                .anyMatch(each -> each.getKey().size() > path.size()
                        && each.getKey().subList(0, path.size()).equals(path)
                        && table.presence(each.getValue()) >= ALWAYS);
    }

    private ObjectNode field(Column column) {
        ObjectNode schema = json.createObjectNode();
        List<String> types = new ArrayList<>();
        for (JsonKind kind : JsonKind.values()) {
            if (column.isEver(kind)) {
                types.add(kind == JsonKind.TRUE ? "boolean" : kind.word());
            }
        }
        if (types.size() == 1) {
            schema.put("type", types.get(0));
        } else {
            ArrayNode list = schema.putArray("type");
            types.forEach(list::add);
        }
        ArrayNode examples = schema.putArray("examples");
        for (Cell cell : column.samples(EXAMPLES)) {
            examples.add(cell.kind() == JsonKind.STRING ? json.valueToTree(cell.text()) : json.readTree(cell.text()));
        }
        return schema;
    }
}
