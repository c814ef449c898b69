package io.leat.format;

import io.leat.core.Compared;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.format.json.CanonicalText;
import io.leat.format.json.Document;
import io.leat.format.json.Name;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the values of a record that tell a change. For one thread. */
final class ComparedValues {

    /** Shared by all values that are read. */
    private final List<String> paths;

    /** For each compared field its present name and its former ones, in the order they are tried. */
    private final List<List<Name[]>> places = new ArrayList<>();

    private final @Nullable Leaves leaves;
    private final CanonicalText text = new CanonicalText();

    ComparedValues(Feed.Comparison comparison) {
        paths = comparison instanceof Feed.Comparison.Only only
                ? List.copyOf(only.fields().stream().map(FieldPath::toString).toList())
                : List.of();
        if (comparison instanceof Feed.Comparison.Only only) {
            for (FieldPath field : only.fields()) {
                places.add(places(only, field));
            }
            leaves = null;
        } else {
            leaves = new Leaves(((Feed.Comparison.AllBut) comparison).fields());
        }
    }

    /**
     * The compared values of a record.
     *
     * @param bytes how many the record has in canonical form
     * @param most how many bytes the values may have together
     * @return {@code null} if a change of the record would come to more than it may
     */
    @Nullable
    Compared of(Document rec, int bytes, int most) {
        if (leaves != null) {
            return leaves.of(rec, bytes);
        }
        List<String> values = new ArrayList<>();
        int length = 0;
        for (List<Name[]> tried : places) {
            text.clear().value(rec, first(rec, tried));
            length += text.length();
            if (length > most) {
                return null; // fields within one another, or a former name of several
            }
            values.add(text.shared());
        }
        return new Compared(paths, values);
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
}
