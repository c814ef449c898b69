package io.leat.format.contract;

import io.leat.format.json.Document;
import io.leat.format.json.JsonKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules for the elements of an array. */
final class ArrayCheck {

    private static final int FEW = 8;

    private ArrayCheck() {}

    /** The first elements each by its own rule, the rest by one. */
    static Check elements(List<Check> first, Check rest) {
        Check[] prefix = first.toArray(Check[]::new);
        return (document, value, trial) -> {
            if (document.kind(value) != JsonKind.ARRAY) {
                return true;
            }
            int stop = document.after(value);
            int index = 0;
            for (int element = value + 1; element < stop; element = document.after(element)) {
                Check check = index < prefix.length ? prefix[index++] : rest;
                if (!check.passes(document, element, trial)) {
                    return false;
                }
            }
            return true;
        };
    }

    /** {@code contains} with its least and most. */
    static Check contains(Check check, long least, long most) {
        return (document, value, trial) -> {
            if (document.kind(value) != JsonKind.ARRAY) {
                return true;
            }
            int stop = document.after(value);
            long fits = 0;
            for (int element = value + 1; element < stop; element = document.after(element)) {
                trial.step();
                fits += check.passes(document, element, trial) ? 1 : 0;
            }
            if (fits < least) {
                String rule = least == 1 ? "contains" : "minContains";
                return trial.breaks(value, rule, "at least %s elements that fit".formatted(least));
            }
            return fits <= most || trial.breaks(value, "maxContains", "at most %s elements that fit".formatted(most));
        };
    }

    /** {@code uniqueItems}. */
    static Check unique() {
        return (document, value, trial) -> document.kind(value) != JsonKind.ARRAY
                || (document.size(value) <= FEW ? differ(document, value) : differInText(document, value))
                || trial.breaks(value, "uniqueItems", "elements that all differ");
    }

    private static boolean differ(Document document, int array) {
        int stop = document.after(array);
        for (int a = array + 1; a < stop; a = document.after(a)) {
            for (int b = document.after(a); b < stop; b = document.after(b)) {
                if (document.same(a, document, b)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean differInText(Document document, int array) {
        Set<String> seen = new HashSet<>();
        int stop = document.after(array);
        for (int element = array + 1; element < stop; element = document.after(element)) {
            if (!seen.add(document.canonical(element))) {
                return false;
            }
        }
        return true;
    }
}
