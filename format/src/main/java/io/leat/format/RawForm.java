package io.leat.format;

import io.leat.core.FieldPath;
import io.leat.core.Item;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An item as it was before it was normalized. What a normalizer added, and where nothing stood before, is still there. */
final class RawForm {

    private RawForm() {}

    /** The record as it was scraped. */
    static ObjectNode of(Item item) {
        ObjectNode rec = (ObjectNode) Json.OWN.readTree(item.body());
        if (!item.scraped().isEmpty()) {
            restore(rec, rec, null, Json.OWN.readTree(item.scraped()));
        }
        return rec;
    }

    /** What was replaced is a leaf of what is kept, or an object where no object stands now. */
    private static void restore(ObjectNode rec, JsonNode there, @Nullable FieldPath at, JsonNode scraped) {
        for (Map.Entry<String, JsonNode> member : scraped.properties()) {
            FieldPath path = at == null ? new FieldPath(List.of(member.getKey())) : at.child(member.getKey());
            JsonNode inner = there.path(member.getKey());
            if (member.getValue().isObject() && inner.isObject()) {
                restore(rec, inner, path, member.getValue());
            } else {
                put(rec, path, member.getValue());
            }
        }
    }

    /** Puts a value; whatever else than objects stands above makes room. */
    static void put(ObjectNode rec, FieldPath path, JsonNode value) {
        ObjectNode parent = rec;
        for (String name : path.names().subList(0, path.names().size() - 1)) {
            JsonNode inner = parent.path(name);
            parent = inner instanceof ObjectNode object ? object : parent.putObject(name);
        }
        parent.set(path.names().get(path.names().size() - 1), value);
    }

    /** Removes what stands at a path, if anything does. */
    static void remove(ObjectNode rec, FieldPath path) {
        List<String> names = path.names();
        JsonNode parent =
                names.size() == 1 ? rec : Normalizing.at(rec, new FieldPath(names.subList(0, names.size() - 1)));
        if (parent instanceof ObjectNode object) {
            object.remove(names.get(names.size() - 1));
        }
    }
}
