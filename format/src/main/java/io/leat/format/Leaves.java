package io.leat.format;

import io.leat.core.Compared;
import io.leat.core.FieldPath;
import io.leat.core.Limits;
import io.leat.format.json.CanonicalText;
import io.leat.format.json.Document;
import io.leat.format.json.JsonKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is compared where every field is: the leaves of a record, each with its whole path. Where those paths would take out
 * of all proportion to the record, the objects around the deepest leaves are compared whole. That follows from the record
 * alone. For one thread.
 */
final class Leaves {

    /** Paths of so many characters are fine in any record. */
    private static final int ALWAYS = 32 << 10;
    /** Paths may take so many times the bytes of their record. */
    private static final int TIMES = 8;
    /** A change may name the fields of two items, and must fit the change log's largest record. */
    private static final int NEVER = 800_000;

    private final Set<String> ignored = new HashSet<>();
    /** Objects that something ignored lies within: never compared whole. */
    private final Set<String> opened = new HashSet<>();

    private final CanonicalText text = new CanonicalText();

    Leaves(List<FieldPath> except) {
        for (FieldPath path : except) {
            ignored.add(path.toString());
            for (int length = 1; length < path.names().size(); length++) {
                opened.add(new FieldPath(path.names().subList(0, length)).toString());
            }
        }
    }

    /**
     * The leaves of a record.
     *
     * @param bytes how many it has in canonical form
     * @return {@code null} if even the names of its outermost fields take too much
     */
    @Nullable
    Compared of(Document rec, int bytes) {
        Collected all = new Collected(rec, Integer.MAX_VALUE, ALWAYS);
        if (all.collect(Document.ROOT, "", 1)) {
            return all.compared();
        }
        int most = Math.max(ALWAYS, (int) Math.min(NEVER, (long) TIMES * bytes));
        int deepest = new Weighed(rec).deepest(most);
        if (deepest == 0) {
            return null;
        }
        Collected fewer = new Collected(rec, deepest, Integer.MAX_VALUE);
        fewer.collect(Document.ROOT, "", 1);
        return fewer.compared();
    }

    private static boolean isBranch(Document rec, int value) {
        return rec.kind(value) == JsonKind.OBJECT && rec.size(value) > 0;
    }

    /** What lies in an opened object counts as lying where the object does. */
    private int below(int level, String path) {
        return opened.contains(path) ? level : level + 1;
    }

    private final class Collected {
        private final Document rec;
        private final int deepest;
        private final int most;
        private final List<String> paths = new ArrayList<>();
        private final List<String> values = new ArrayList<>();
        private int length;

        Collected(Document rec, int deepest, int most) {
            this.rec = rec;
            this.deepest = deepest;
            this.most = most;
        }

        Compared compared() {
            return new Compared(paths, values);
        }

        /** Whether the paths had room. */
        boolean collect(int object, String above, int level) {
            for (int i = 0; i < rec.size(object); i++) {
                int member = rec.sorted(object, i);
                String path = above + FieldPath.escaped(rec.name(member));
                if (ignored.contains(path)) {
                    continue;
                }
                if (isBranch(rec, member) && below(level, path) <= deepest) {
                    if (!collect(member, path + ".", below(level, path))) {
                        return false;
                    }
                } else {
                    length += path.length();
                    if (length > most) {
                        return false;
                    }
                    paths.add(path);
                    values.add(text.clear().value(rec, member).toString());
                }
            }
            return true;
        }
    }

    /** What the paths take as JSON, for each level down to which objects are taken apart. */
    private final class Weighed {
        private final Document rec;
        /** For each level, what it takes more than the one above. */
        private final long[] more = new long[Limits.WIDEST.depth() + 2];

        Weighed(Document rec) {
            this.rec = rec;
            weigh(Document.ROOT, "", 0, 1);
        }

        /** The deepest level that stays within a limit, 0 if there is none. */
        int deepest(int most) {
            int deepest = 0;
            long sum = 0;
            for (int level = 1; level < more.length; level++) {
                sum += more[level];
                deepest = sum <= most ? level : deepest;
            }
            return deepest;
        }

        /**
         * Adds what lies in an object.
         *
         * @param above its path with a dot behind, {@code null} where nothing within it is declared
         */
        private void weigh(int object, @Nullable String above, long weightAbove, int level) {
            for (int i = 0; i < rec.size(object); i++) {
                int member = rec.sorted(object, i);
                String name = rec.name(member);
                String path = above == null ? "" : above + FieldPath.escaped(name);
                if (above != null && ignored.contains(path)) {
                    continue;
                }
                long weight = weightAbove + weight(name);
                more[level] += weight;
                if (isBranch(rec, member)) {
                    boolean isOpened = above != null && opened.contains(path);
                    int inner = isOpened ? level : level + 1;
                    more[inner] -= weight;
                    weigh(member, isOpened ? path + "." : null, weight + 1, inner);
                }
            }
        }
    }

    /** How many bytes a name takes in a path that is written as JSON, at the most. */
    private static int weight(String name) {
        int weight = 1;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
                weight += 6;
            } else if (c == '.' || c == '\\' || c == '"') {
                weight += 4;
            } else {
                weight += c < 0x80 ? 1 : 3;
            }
        }
        return weight;
    }
}
