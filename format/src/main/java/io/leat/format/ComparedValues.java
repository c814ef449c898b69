package io.leat.format;

import io.leat.core.Compared;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.format.json.CanonicalText;
import io.leat.format.json.Document;
import io.leat.format.json.JsonKind;
import io.leat.format.json.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the values of a record that tell a change. For one thread. */
final class ComparedValues {

    /** Shared by all values that are read. */
    private final List<String> paths;

    /** For each compared field its present name and its former ones, in the order they are tried. */
    private final List<List<Name[]>> places = new ArrayList<>();

    private final Set<String> ignored = new HashSet<>();
    private final CanonicalText text = new CanonicalText();

    ComparedValues(Feed.Comparison comparison) {
        paths = comparison instanceof Feed.Comparison.Only only
                ? List.copyOf(only.fields().stream().map(FieldPath::toString).toList())
                : List.of();
        if (comparison instanceof Feed.Comparison.Only only) {
            for (FieldPath field : only.fields()) {
                places.add(places(only, field));
            }
        } else {
            ((Feed.Comparison.AllBut) comparison).fields().forEach(field -> ignored.add(field.toString()));
        }
    }

    Compared of(Document rec) {
        List<String> values = new ArrayList<>();
        if (!paths.isEmpty()) {
            for (List<Name[]> tried : places) {
                values.add(canonical(rec, first(rec, tried)));
            }
            return new Compared(paths, values);
        }
        List<String> found = new ArrayList<>();
        collect(rec, Document.ROOT, "", found, values);
        return new Compared(found, values);
    }

    /** Where the value of a compared field may stand, in the order in which they are tried. */
    static List<Name[]> places(Feed.Comparison.Only only, FieldPath field) {
        List<Name[]> tried = new ArrayList<>();
        tried.add(Name.path(field));
        only.former().stream()
                .filter(name -> name.present().equals(field))
                .forEach(name -> tried.add(Name.path(name.former())));
        return tried;
    }

    /** The first of them where anything stands, {@link Document#NONE} if there is none. */
    static int first(Document rec, List<Name[]> tried) {
        int value = Document.NONE;
        for (int i = 0; i < tried.size() && value == Document.NONE; i++) {
            value = rec.at(tried.get(i));
        }
        return value;
    }

    private void collect(Document rec, int object, String above, List<String> found, List<String> values) {
        for (int i = 0; i < rec.size(object); i++) {
            int member = rec.sorted(object, i);
            String path = above + FieldPath.escaped(rec.name(member));
            if (ignored.contains(path)) {
                continue;
            }
            if (rec.kind(member) == JsonKind.OBJECT && rec.size(member) > 0) {
                collect(rec, member, path + ".", found, values);
            } else {
                found.add(path);
                values.add(canonical(rec, member));
            }
        }
    }

    private String canonical(Document rec, int value) {
        return text.clear().value(rec, value).shared();
    }
}
