package io.leat.format;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Refusal;
import io.leat.core.Sameness;
import io.leat.core.normalize.Normalization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Puts the normal forms of declared fields into a record and tells what stood there. Thread-safe. */
final class Normalizing {

    private final List<FieldReader> fields = new ArrayList<>();
    /** The present name of each field that is read because it is a former name. */
    private final Map<FieldPath, FieldPath> present = new HashMap<>();

    /** Some fields, under their own names alone. */
    Normalizing(List<Normalization> some) {
        some.forEach(each -> fields.add(new FieldReader(each)));
    }

    /** What a feed declares; former names of a field are read as the field is, where it is absent. */
    Normalizing(Feed feed) {
        this(Sameness.of(feed));
    }

    /** The same of some rules. */
    Normalizing(Sameness sameness) {
        Map<FieldPath, Normalization> all = new LinkedHashMap<>();
        sameness.normalize().forEach(each -> all.put(each.field(), each));
        List<Feed.Comparison.FormerName> former =
                sameness.comparison() instanceof Feed.Comparison.Only only ? only.former() : List.of();
        for (Feed.Comparison.FormerName name : former) {
            Normalization as = all.get(name.present());
            if (as != null && !all.containsKey(name.former())) {
                all.put(name.former(), new Normalization(name.former(), as.as(), as.nullOnFailure()));
                present.put(name.former(), name.present());
            }
        }
        all.values().forEach(each -> fields.add(new FieldReader(each)));
    }

    /** What became of a record. */
    sealed interface Outcome {}

    /**
     * All its fields are in normal form.
     *
     * @param item the record in normal form, as JSON
     * @param scraped the values that were replaced, as they were, as canonical JSON; empty if there are none
     */
    record Done(String item, String scraped) implements Outcome {}

    /** One is not, and may not be null. */
    record Failed(Refusal refusal) implements Outcome {}

    /** Whether there is nothing to do. */
    boolean isIdle() {
        return fields.isEmpty();
    }

    /**
     * The record in normal form.
     *
     * @param canonical a JSON object
     */
    Outcome apply(String canonical) {
        ObjectNode rec = (ObjectNode) Json.OWN.readTree(canonical);
        ObjectNode scraped = JsonNodeFactory.instance.objectNode();
        for (FieldReader field : fields) {
            JsonNode value = at(rec, field.path());
            FieldPath now = present.get(field.path());
            boolean isPast = now != null && !at(rec, now).isMissingNode();
            if (value.isMissingNode() || value.isNull() || isPast) {
                continue;
            }
            FieldReader.Reading reading = field.read(value, rec);
            if (reading.refusal() != null) {
                return new Failed(reading.refusal());
            }
            for (FieldReader.Put put : reading.puts()) {
                put(rec, put, scraped);
            }
        }
        return new Done(CanonicalJson.of(rec), scraped.isEmpty() ? "" : CanonicalJson.of(scraped));
    }

    private static void put(ObjectNode rec, FieldReader.Put put, ObjectNode scraped) {
        ObjectNode parent = parent(rec, put.field(), !put.value().isNull());
        if (parent == null) {
            return;
        }
        String name = put.field().names().get(put.field().names().size() - 1);
        JsonNode before = parent.path(name);
        if (!before.isMissingNode() && !CanonicalJson.of(before).equals(CanonicalJson.of(put.value()))) {
            ObjectNode keeper = parent(scraped, put.field(), true);
            if (keeper != null && !keeper.has(name)) {
                keeper.set(name, before);
            }
        }
        parent.set(name, put.value());
    }

    /** The object that holds a field; {@code null} if something else stands in the way. */
    private static @Nullable ObjectNode parent(ObjectNode root, FieldPath field, boolean mayMake) {
        ObjectNode at = root;
        for (String name : field.names().subList(0, field.names().size() - 1)) {
            JsonNode inner = at.path(name);
            if (inner.isMissingNode() && mayMake) {
                inner = at.putObject(name);
            }
            if (!(inner instanceof ObjectNode object)) {
                return null;
            }
            at = object;
        }
        return at;
    }

    /** Whether a field has room in a record: nothing but objects stands where it has to. */
    static boolean mayHold(JsonNode rec, FieldPath field) {
        JsonNode node = rec;
        for (String name : field.names().subList(0, field.names().size() - 1)) {
            node = node.path(name);
            if (node.isMissingNode()) {
                return true;
            }
            if (!node.isObject()) {
                return false;
            }
        }
        return true;
    }

    static JsonNode at(JsonNode rec, FieldPath path) {
        JsonNode node = rec;
        for (String name : path.names()) {
            node = node.path(name);
        }
        return node;
    }
}
