package io.leat.format;

import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Refusal;
import io.leat.core.Refusal.Code;
import io.leat.format.json.CanonicalText;
import io.leat.format.json.Document;
import io.leat.format.json.JsonKind;
import io.leat.format.json.Name;
import java.util.ArrayList;
import java.util.List;

/** Reads the key of a record: a canonical JSON array of its parts. For one thread. */
final class ItemKey {

    private static final Name[] RECORD = {};

    private final List<Part> parts = new ArrayList<>();
    private final CanonicalText text = new CanonicalText();

    ItemKey(List<Feed.KeyPart> key) {
        for (Feed.KeyPart part : key) {
            parts.add(Part.of(part));
        }
    }

    /** The key, or the first part that is missing. */
    Lookup<String> of(Document rec) {
        text.clear().one('[');
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (i > 0) {
                text.one(',');
            }
            int value = rec.at(part.path);
            if (part.isRest) {
                if (rec.kind(value) != JsonKind.OBJECT) {
                    return missing(part, "should be an object, it is", rec, value);
                }
                text.without(rec, value, part.except);
            } else {
                if (Records.isEmpty(rec, value)) {
                    return missing(part, "is", rec, value);
                }
                text.value(rec, value);
            }
        }
        return new Lookup.Found<>(text.one(']').toString());
    }

    /** How many bytes the last key has. */
    int length() {
        return text.length();
    }

    private static Lookup<String> missing(Part part, String is, Document rec, int value) {
        return new Lookup.Missing<>(Refusal.of(
                Code.KEY_MISSING,
                part.field,
                "The key field '%s' %s %s.".formatted(part.field, is, Records.word(rec, value))));
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(String field, Name[] path, boolean isRest, List<Name> except) {

        static Part of(Feed.KeyPart part) {
            if (part instanceof Feed.KeyPart.Field one) {
                return new Part(one.path().toString(), Name.path(one.path()), false, List.of());
            }
            Feed.KeyPart.RestOf rest = (Feed.KeyPart.RestOf) part;
            FieldPath object = rest.object();
            return new Part(
                    String.valueOf(object),
                    object == null ? RECORD : Name.path(object),
                    true,
                    rest.except().stream().map(Name::of).toList());
        }
    }
}
