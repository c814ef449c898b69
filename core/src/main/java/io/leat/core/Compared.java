package io.leat.core;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values that tell a change: for each compared field its dotted path and its canonical JSON text.
 *
 * <p>Canonical: object members sorted, numbers as plain decimals without trailing zeros. An absent field is {@code
 * null}, the JSON word.
 *
 * @param paths the fields, each once
 * @param values one text for each path
 */
public record Compared(List<String> paths, List<String> values) {

    /** The canonical text of nothing. */
    public static final String NULL = "null";

    /** No fields. */
    public static final Compared NOTHING = new Compared(List.of(), List.of());

    public Compared {
        paths = List.copyOf(paths);
        values = List.copyOf(values);
        if (paths.size() != values.size()) {
            throw new IllegalArgumentException("one value for each path");
        }
    }

    /** The canonical text at a path, {@link #NULL} if there is none. */
    public String at(String path) {
        int index = paths.indexOf(path);
        return index < 0 ? NULL : values.get(index);
    }

    /** The paths whose values differ, where a path that one side lacks is skipped: it is not known there. */
    List<String> changedAmongShared(Compared before) {
        List<String> changed = new ArrayList<>();
        boolean sameShape = paths.equals(before.paths);
        for (int i = 0; i < paths.size(); i++) {
            int there = sameShape ? i : before.paths.indexOf(paths.get(i));
            if (there >= 0 && !same(before.values.get(there), values.get(i))) {
                changed.add(paths.get(i));
            }
        }
        return changed;
    }

    /** The paths whose values differ, where a path that one side lacks is {@link #NULL} there. */
    List<String> changedAmongAll(Compared before) {
        if (paths.equals(before.paths)) {
            return changedAmongShared(before);
        }
        Map<String, String> known = new LinkedHashMap<>();
        for (int i = 0; i < before.paths.size(); i++) {
            known.put(before.paths.get(i), before.values.get(i));
        }
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            String was = known.remove(paths.get(i));
            if (!same(was == null ? NULL : was, values.get(i))) {
                changed.add(paths.get(i));
            }
        }
        known.forEach((path, was) -> {
            if (!was.equals(NULL)) {
                changed.add(path);
            }
        });
        return changed;
    }

    /** These values, and those of a later item for paths that are missing here; only paths that the later item has. */
    Compared learning(Compared later) {
        if (paths.equals(later.paths)) {
            return this;
        }
        List<String> merged = new ArrayList<>();
        for (int i = 0; i < later.paths.size(); i++) {
            int here = paths.indexOf(later.paths.get(i));
            merged.add(here < 0 ? later.values.get(i) : values.get(here));
        }
        return new Compared(later.paths, merged);
    }

    /** The values at some of the paths. */
    Compared only(Collection<String> some) {
        List<String> fewer = paths.stream().filter(some::contains).toList();
        return new Compared(fewer, fewer.stream().map(this::at).toList());
    }

    /** Whether two canonical texts mean the same: equal but for the Unicode form. */
    static boolean same(String a, String b) {
        return a.equals(b)
                || (!(isAscii(a) && isAscii(b))
                        && Normalizer.normalize(a, Normalizer.Form.NFC)
                                .equals(Normalizer.normalize(b, Normalizer.Form.NFC)));
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }
}
