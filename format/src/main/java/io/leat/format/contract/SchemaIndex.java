package io.leat.format.contract;

import io.leat.format.json.Document;
import io.leat.format.json.JsonKind;
import io.leat.format.json.Name;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the schemas of a document stand by address, and where references lead. */
final class SchemaIndex {

    private static final List<String> SINGLE = List.of(
            "additionalProperties",
            "additionalItems",
            "items",
            "contains",
            "propertyNames",
            "not",
            "if",
            "then",
            "else",
            "unevaluatedItems",
            "unevaluatedProperties",
            "contentSchema");
    private static final List<String> LISTS = List.of("prefixItems", "items", "allOf", "anyOf", "oneOf");
    private static final List<String> MAPS =
            List.of("properties", "patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions");

    private final Document schema;
    private final Dialect dialect;
    private final Map<Integer, String> bases = new HashMap<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final Set<Integer> walked = new HashSet<>();

    SchemaIndex(Document schema, Dialect dialect) {
        this.schema = schema;
        this.dialect = dialect;
        places.put("", Document.ROOT);
        walk(Document.ROOT, "");
    }

    /** Every schema that stands where schemas belong. */
    List<Integer> schemas() {
        return List.copyOf(walked);
    }

    /** The schema that a reference in another one leads to. */
    int target(int from, String reference) {
        String base = bases.getOrDefault(from, "");
        int hash = reference.indexOf('#');
        String path = hash < 0 ? reference : reference.substring(0, hash);
        String fragment = hash < 0 ? "" : decoded(reference.substring(hash + 1));
        String address = path.isEmpty() ? base : resolve(base, path);
        boolean isPointer = fragment.isEmpty() || fragment.startsWith("/");
        Integer place = places.get(isPointer ? address : address + "#" + fragment);
        if (place == null) {
            throw new NotCompilable("a reference out of the document");
        }
        int target = isPointer ? follow(place, fragment) : place;
        JsonKind kind = schema.kind(target);
        if (kind != JsonKind.OBJECT && kind != JsonKind.TRUE && kind != JsonKind.FALSE) {
            throw new NotCompilable("a reference to what is no schema");
        }
        return target;
    }

    private int follow(int from, String pointer) {
        int at = from;
        String[] tokens = pointer.isEmpty() ? new String[] {""} : pointer.split("/", -1);
        for (int i = 1; i < tokens.length; i++) {
            String base = bases.get(at);
            String token = tokens[i].replace("~1", "/").replace("~0", "~");
            at = schema.kind(at) == JsonKind.ARRAY ? element(at, token) : schema.member(at, Name.of(token));
            if (at == Document.NONE) {
                throw new NotCompilable("a reference to nothing");
            }
            refuseStrayAddress(at);
            if (base != null) {
                bases.putIfAbsent(at, base);
            }
        }
        return at;
    }

    /** An address at a place where no schema belongs is one by some readings and none by others. */
    private void refuseStrayAddress(int at) {
        int id = walked.contains(at) ? Document.NONE : schema.member(at, Name.of("$id"));
        if (schema.kind(id) == JsonKind.STRING) {
            throw new NotCompilable("an address at an odd place");
        }
    }

    private int element(int array, String token) {
        if (!token.matches("0|[1-9]\\d{0,8}")) {
            return Document.NONE;
        }
        int index = Integer.parseInt(token);
        for (int element = array + 1; element < schema.after(array); element = schema.after(element)) {
            if (index-- == 0) {
                return element;
            }
        }
        return Document.NONE;
    }

    private void walk(int at, String outer) {
        if (schema.kind(at) != JsonKind.OBJECT) {
            return;
        }
        if (schema.member(at, Name.of("$schema")) != Document.NONE && Dialect.of(schema, at) != dialect) {
            throw new NotCompilable("two dialects");
        }
        boolean isReference = dialect == Dialect.DRAFT_07 && schema.member(at, Name.of("$ref")) != Document.NONE;
        String base = isReference ? outer : address(at, outer);
        bases.put(at, base);
        walked.add(at);
        for (String keyword : SINGLE) {
            walk(schema.member(at, Name.of(keyword)), base);
        }
        for (String keyword : LISTS) {
            int list = schema.member(at, Name.of(keyword));
            if (schema.kind(list) == JsonKind.ARRAY) {
                walkAll(list, base);
            }
        }
        for (String keyword : MAPS) {
            int map = schema.member(at, Name.of(keyword));
            if (schema.kind(map) == JsonKind.OBJECT) {
                walkAll(map, base);
            }
        }
    }

    private void walkAll(int parent, String base) {
        for (int child = parent + 1; child < schema.after(parent); child = schema.after(child)) {
            walk(child, base);
        }
    }

    /** Takes down what a schema is called, and gives the address that references in it start from. */
    private String address(int at, String outer) {
        String base = outer;
        int id = schema.member(at, Name.of("$id"));
        if (schema.kind(id) == JsonKind.STRING) {
            String text = schema.text(id);
            if (dialect == Dialect.DRAFT_07 && text.startsWith("#")) {
                place(outer + text, at);
            } else {
                base = resolve(outer, text.endsWith("#") ? text.substring(0, text.length() - 1) : text);
                place(base, at);
            }
        }
        if (dialect == Dialect.DRAFT_2020_12) {
            for (String keyword : List.of("$anchor", "$dynamicAnchor")) {
                int anchor = schema.member(at, Name.of(keyword));
                if (schema.kind(anchor) == JsonKind.STRING) {
                    place(base + "#" + schema.text(anchor), at);
                }
            }
        }
        return base;
    }

    private void place(String address, int at) {
        Integer before = places.put(address, at);
        if (before != null && before != at) {
            throw new NotCompilable("two schemas of one address");
        }
    }

    private static String resolve(String base, String reference) {
        try {
            URI outer = URI.create(base);
            URI inner = URI.create(reference);
            if (outer.isOpaque() && !inner.isAbsolute()) {
                throw new NotCompilable("a relative reference in an opaque address");
            }
            return base.isEmpty() ? reference : outer.resolve(inner).toString();
        } catch (IllegalArgumentException e) {
            throw new NotCompilable("a reference that is no address");
        }
    }

    private static String decoded(String fragment) {
        try {
            return URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new NotCompilable("a reference that is no address");
        }
    }
}
