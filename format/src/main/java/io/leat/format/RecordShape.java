package io.leat.format;

import io.leat.core.drift.Look;
import io.leat.format.json.Document;
import java.util.Arrays;

/**
 * What a record is made of: the names of its leaves and how they look, in their order. Names stand as 32 bits: where two were
 * taken for one, a site would see its own field for another of its own.
 */
final class RecordShape {

    private static final int OTHER = -1;

    private final int[] marks;
    private final int hash;

    RecordShape(int[] marks) {
        this.marks = marks;
        this.hash = Arrays.hashCode(marks);
    }

    /**
     * Whether a record has this shape.
     *
     * @param mostDepth how deep fields are looked at
     */
    boolean is(Document rec, int mostDepth) {
        return compared(rec, Document.ROOT, mostDepth, 0) == marks.length;
    }

    /** Up to where the marks are those of an object, and of what is before it; {@link #OTHER} if they are not. */
    private int compared(Document rec, int object, int depth, int from) {
        int next = from;
        int end = rec.after(object);
        for (int member = object + 1; member < end; member = rec.after(member)) {
            if (next + 1 >= marks.length || marks[next] != rec.nameHash(member)) {
                return OTHER;
            }
            Look look = FieldLooks.look(rec, member);
            if (isEntered(rec, member, look, depth)) {
                next = marks[next + 1] == -rec.size(member) ? compared(rec, member, depth - 1, next + 2) : OTHER;
                if (next == OTHER) {
                    return OTHER;
                }
            } else if (marks[next + 1] == look.place()) {
                next += 2;
            } else {
                return OTHER;
            }
        }
        return next;
    }

    private static boolean isEntered(Document rec, int member, Look look, int depth) {
        return look == Look.OBJECT && rec.size(member) > 0 && depth > 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordShape shape && shape.hash == hash && Arrays.equals(shape.marks, marks);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Reads the shape of one record after another. For one thread. */
    static final class Reader {

        private final int mostDepth;
        private int[] marks = new int[64];

        /** @param mostDepth how deep fields are looked at */
        Reader(int mostDepth) {
            this.mostDepth = mostDepth;
        }

        /** The shape of a record. */
        RecordShape of(Document rec) {
            int most = 2 * rec.after(Document.ROOT);
            if (marks.length < most) {
                marks = new int[2 * most];
            }
            return new RecordShape(Arrays.copyOf(marks, collect(rec, Document.ROOT, mostDepth, 0)));
        }

        private int collect(Document rec, int object, int depth, int from) {
            int next = from;
            int end = rec.after(object);
            for (int member = object + 1; member < end; member = rec.after(member)) {
                Look look = FieldLooks.look(rec, member);
                boolean isEntered = isEntered(rec, member, look, depth);
                marks[next++] = rec.nameHash(member);
                marks[next++] = isEntered ? -rec.size(member) : look.place();
                if (isEntered) {
                    next = collect(rec, member, depth - 1, next);
                }
            }
            return next;
        }
    }
}
