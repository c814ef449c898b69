package io.leat.format;

import io.leat.core.drift.Look;
import io.leat.format.json.Document;
import java.util.Arrays;

/**
 * What a record is made of: the names of its leaves and how they look, in their order. Names stand as 32 bits: where two were
 * taken for one, a site would see its own field for another of its own.
 */
final class RecordShape {

    private final int[] marks;
    private final int hash;

    RecordShape(int[] marks) {
        this.marks = marks;
        this.hash = Arrays.hashCode(marks);
    }

    /** Whether a record has this shape. */
    boolean is(Reader record) {
        return Arrays.equals(record.marks, 0, record.used, marks, 0, marks.length);
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
        private int used;

        /** @param mostDepth how deep fields are looked at */
        Reader(int mostDepth) {
            this.mostDepth = mostDepth;
        }

        /** Reads a record; {@link RecordShape#is} and {@link #shape} are then about it. */
        void read(Document rec) {
            int most = 2 * rec.after(Document.ROOT);
            if (marks.length < most) {
                marks = new int[2 * most];
            }
            used = collect(rec, Document.ROOT, mostDepth, 0);
        }

        RecordShape shape() {
            return new RecordShape(Arrays.copyOf(marks, used));
        }

        private int collect(Document rec, int object, int depth, int from) {
            int next = from;
            int end = rec.after(object);
            for (int member = object + 1; member < end; member = rec.after(member)) {
                Look look = FieldLooks.look(rec, member);
                boolean isEntered = look == Look.OBJECT && rec.size(member) > 0 && depth > 0;
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
