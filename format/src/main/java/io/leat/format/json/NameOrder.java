package io.leat.format.json;

import java.util.Arrays;

/** The order of members by name: that of {@link String#compareTo}. */
final class NameOrder {

    private static final int FEW = 24;
    /** From this byte on, the order of UTF-8 and that of UTF-16 differ. */
    private static final int SURROGATES = 0xed;

    private final Document document;
    /** By the number of members, where those of the last object stood, from the first name to the last. */
    private final byte[][] places = new byte[FEW + 1][];

    NameOrder(Document document) {
        this.document = document;
    }

    /** Sorts a part of the document's list of members, stable; says whether a name is there twice. */
    boolean sort(int from, int to) {
        if (document.scratch.length < to) {
            document.scratch = new int[document.order.length];
        }
        return to - from <= FEW ? few(from, to - from) : merge(from, to);
    }

    /**
     * What one scraper writes has its names in the same places each time: they are looked for where they stood in the last
     * object that had as many.
     */
    private boolean few(int from, int size) {
        int[] members = document.scratch;
        System.arraycopy(document.order, from, members, 0, size);
        byte[] known = places[size];
        if (known != null && isOrder(members, known)) {
            for (int i = 0; i < size; i++) {
                document.order[from + i] = members[known[i]];
            }
            return false;
        }
        boolean twice = insert(from, from + size);
        byte[] found = new byte[size];
        for (int i = 0; i < size; i++) {
            found[i] = (byte) Arrays.binarySearch(members, 0, size, document.order[from + i]);
        }
        places[size] = found;
        return twice;
    }

    private boolean isOrder(int[] members, byte[] order) {
        for (int i = 1; i < order.length; i++) {
            if (compare(members[order[i - 1]], members[order[i]]) >= 0) {
                return false;
            }
        }
        return true;
    }

    private boolean insert(int from, int to) {
        int[] order = document.order;
        boolean twice = false;
        for (int i = from + 1; i < to; i++) {
            int member = order[i];
            int at = i;
            while (at > from) {
                int difference = compare(order[at - 1], member);
                twice |= difference == 0;
                if (difference <= 0) {
                    break;
                }
                order[at] = order[at - 1];
                at--;
            }
            order[at] = member;
        }
        return twice;
    }

    private boolean merge(int from, int to) {
        if (to - from <= FEW) {
            return insert(from, to);
        }
        int middle = (from + to) >>> 1;
        boolean left = merge(from, middle);
        boolean twice = merge(middle, to) || left;
        int[] order = document.order;
        int[] first = document.scratch;
        System.arraycopy(order, from, first, from, middle - from);
        int a = from;
        int b = middle;
        int target = from;
        while (a < middle && b < to) {
            int difference = compare(first[a], order[b]);
            twice |= difference == 0;
            order[target++] = difference <= 0 ? first[a++] : order[b++];
        }
        System.arraycopy(first, a, order, target, middle - a);
        return twice;
    }

    int compare(int a, int b) {
        byte[] bytes = document.bytes;
        int[] tape = document.tape;
        int aStart = tape[a * Document.STRIDE + Document.NAME_START];
        int aEnd = tape[a * Document.STRIDE + Document.NAME_END];
        int bStart = tape[b * Document.STRIDE + Document.NAME_START];
        int bEnd = tape[b * Document.STRIDE + Document.NAME_END];
        int common = Math.min(aEnd - aStart, bEnd - bStart);
        int same = common > 0 && bytes[aStart] != bytes[bStart]
                ? 0
                : Arrays.mismatch(bytes, aStart, aStart + common, bytes, bStart, bStart + common);
        if (same < 0 || same == common) {
            return (aEnd - aStart) - (bEnd - bStart);
        }
        int x = bytes[aStart + same] & 0xff;
        int y = bytes[bStart + same] & 0xff;
        return x >= SURROGATES && y >= SURROGATES ? document.name(a).compareTo(document.name(b)) : x - y;
    }
}
