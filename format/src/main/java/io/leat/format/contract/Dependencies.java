package io.leat.format.contract;

import io.leat.core.Limits;
import io.leat.format.json.CanonicalText;
import io.leat.format.json.Document;
import io.leat.format.json.DocumentReader;
import io.leat.format.json.JsonKind;
import io.leat.format.json.Name;
import java.util.List;

/** Rules of objects that are rare: what one member asks of others, and of names. */
final class Dependencies {

    private Dependencies() {}

    /** {@code dependentRequired}. */
    static Check names(String rule, String trigger, List<String> asked) {
        Name cause = Name.of(trigger);
        List<Name> names = asked.stream().map(Name::of).toList();
        return (document, value, trial) -> {
            if (document.member(value, cause) == Document.NONE) {
                return true;
            }
            for (Name name : names) {
                if (document.member(value, name) == Document.NONE) {
                    return trial.lacks(value, rule, name.text());
                }
            }
            return true;
        };
    }

    /** {@code dependentSchemas}. */
    static Check schema(String trigger, Check check) {
        Name cause = Name.of(trigger);
        return (document, value, trial) ->
                document.member(value, cause) == Document.NONE || check.passes(document, value, trial);
    }

    /** {@code propertyNames}: each name is held against the schema as a text of its own. */
    static Check propertyNames(Check check) {
        DocumentReader reader = new DocumentReader(Limits.WIDEST);
        CanonicalText text = new CanonicalText();
        return (document, value, trial) -> {
            if (document.kind(value) != JsonKind.OBJECT) {
                return true;
            }
            int stop = document.after(value);
            for (int member = value + 1; member < stop; member = document.after(member)) {
                boolean isRead = reader.read(text.clear().name(document, member).bytes()) == null;
                if (!isRead || !check.passes(reader.document(), Document.ROOT, trial)) {
                    return trial.breaks(member, "propertyNames", "a name that the schema allows");
                }
            }
            return true;
        };
    }
}
