package io.leat.format.contract;

import io.leat.format.json.Document;
import io.leat.format.json.JsonKind;
import io.leat.format.json.Name;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of an object, in one walk: declared ones, patterns of names, the rest, and those that must be there. */
final class ObjectCheck implements Check {

    private final Entry[] table;
    private final Entry[] required;
    private final NamedLike[] patterns;
    private final Check rest;

    /**
     * The rules of one schema.
     *
     * @param properties by name
     * @param patterns for names that match
     * @param rest for members that neither of them speaks of
     * @param required names that must be there
     */
    ObjectCheck(Map<String, Check> properties, List<NamedLike> patterns, Check rest, List<String> required) {
        int size = Integer.highestOneBit(4 * (properties.size() + required.size()) + 1) * 2;
        this.table = new Entry[size];
        this.required = new Entry[required.size()];
        this.patterns = patterns.toArray(NamedLike[]::new);
        this.rest = rest;
        properties.forEach((name, check) -> put(new Entry(Name.of(name), check, required.contains(name))));
        for (int i = 0; i < required.size(); i++) {
            String name = required.get(i);
            this.required[i] = new Entry(Name.of(name), properties.get(name), true);
            if (!properties.containsKey(name)) {
                put(this.required[i]);
            }
        }
    }

    /** A rule for members whose name matches. */
    record NamedLike(TextPattern name, Check check) {}

    private record Entry(Name name, @Nullable Check check, boolean isRequired) {}

    private void put(Entry entry) {
        int at = entry.name().hash() & table.length - 1;
        while (table[at] != null) {
            at = at + 1 & table.length - 1;
        }
        table[at] = entry;
    }

    private @Nullable Entry find(Document document, int member) {
        int hash = document.nameHash(member);
        int at = hash & table.length - 1;
        for (Entry entry = table[at]; entry != null; entry = table[at]) {
            if (entry.name().hash() == hash && document.isNamed(member, entry.name())) {
                return entry;
            }
            at = at + 1 & table.length - 1;
        }
        return null;
    }

    @Override
    public boolean passes(Document document, int value, Trial trial) {
        if (document.kind(value) != JsonKind.OBJECT) {
            return true;
        }
        int missing = required.length;
        int stop = document.after(value);
        for (int member = value + 1; member < stop; member = document.after(member)) {
            Entry entry = find(document, member);
            Check declared = entry == null ? null : entry.check();
            missing -= entry != null && entry.isRequired() ? 1 : 0;
            if (declared != null && !declared.passes(document, member, trial)) {
                return false;
            }
            if ((patterns.length > 0 || rest != NOTHING) && !others(document, member, declared != null, trial)) {
                return false;
            }
        }
        return missing == 0 || lacks(document, value, trial);
    }

    private boolean others(Document document, int member, boolean isDeclared, Trial trial) {
        boolean isKnown = isDeclared;
        for (NamedLike pattern : patterns) {
            if (pattern.name().isFoundIn(document.name(member))) {
                isKnown = true;
                if (!pattern.check().passes(document, member, trial)) {
                    return false;
                }
            }
        }
        return isKnown || rest.passes(document, member, trial);
    }

    private boolean lacks(Document document, int object, Trial trial) {
        for (Entry entry : required) {
            if (document.member(object, entry.name()) == Document.NONE) {
                return trial.lacks(object, "required", entry.name().text());
            }
        }
        return true;
    }
}
