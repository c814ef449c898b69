package io.leat.format.contract;

import io.leat.format.json.Document;
import io.leat.format.json.JsonKind;
import io.leat.format.json.Name;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds schemas that lead back to themselves without stepping into a value: they could never be judged. */
final class Loops {

    private static final List<String> SINGLE = List.of("not", "if", "then", "else");
    private static final List<String> MANY = List.of("allOf", "anyOf", "oneOf", "dependentSchemas", "dependencies");

    private final Document schema;
    private final SchemaIndex index;
    private final boolean isDraft7;
    private final Set<Integer> onTheWay = new HashSet<>();
    private final Set<Integer> sound = new HashSet<>();

    Loops(Document schema, SchemaIndex index, boolean isDraft7) {
        this.schema = schema;
        this.index = index;
        this.isDraft7 = isDraft7;
    }

    /**
     * Looks at every value of the document that could be a schema.
     *
     * @throws IllegalArgumentException if one leads back to itself
     */
    void refuse() {
        for (int at : index.schemas()) {
            look(at);
        }
    }

    private void look(int at) {
        if (schema.kind(at) != JsonKind.OBJECT || sound.contains(at)) {
            return;
        }
        if (!onTheWay.add(at)) {
            throw new IllegalArgumentException("The schema refers to itself without end.");
        }
        int reference = schema.member(at, Name.of("$ref"));
        if (schema.kind(reference) == JsonKind.STRING) {
            look(index.target(at, schema.text(reference)));
        }
        if (!isDraft7 || reference == Document.NONE) {
            SINGLE.forEach(keyword -> look(schema.member(at, Name.of(keyword))));
            MANY.forEach(keyword -> lookAll(schema.member(at, Name.of(keyword))));
        }
        onTheWay.remove(at);
        sound.add(at);
    }

    private void lookAll(int parent) {
        if (schema.kind(parent) == JsonKind.OBJECT || schema.kind(parent) == JsonKind.ARRAY) {
            for (int child = parent + 1; child < schema.after(parent); child = schema.after(child)) {
                look(child);
            }
        }
    }
}
