package io.leat.gateway.webhook.lane;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Iterator;
import java.util.TreeSet;

/**
 * A cursor as the metadata of a committed offset: the epoch, then runs of open and done offsets by turns.
 *
 * <p>A broker takes 4,096 characters. What does not fit is forgotten from the far end on: it is told once more after a
 * restart.
 */
public final class CursorText {

    private static final int MOST_BYTES = 2_900;
    private static final int LONGEST_NUMBER = 10;
    private static final String VERSION = "1:";

    private CursorText() {}

    /** The metadata that goes with {@link Cursor#position}. */
    public static String write(Cursor cursor) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        number(cursor.epoch(), out);
        long at = cursor.position();
        Iterator<Long> open = cursor.open().iterator();
        Long next = open.hasNext() ? open.next() : null;
        while (next != null && out.size() < MOST_BYTES - 2 * LONGEST_NUMBER) {
            long first = next;
            long last = first;
            next = open.hasNext() ? open.next() : null;
            while (next != null && next == last + 1) {
                last = next;
                next = open.hasNext() ? open.next() : null;
            }
            if (first > at) {
                number(first - at, out);
            }
            number(last + 1 - first, out);
            at = last + 1;
        }
        if (next == null && cursor.end() > at) {
            number(cursor.end() - at, out);
        }
        return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
    }

    /** Reads a committed offset; metadata of another kind counts as none. */
    public static Cursor read(long position, String metadata) {
        if (!metadata.startsWith(VERSION)) {
            return Cursor.at(0, position);
        }
        try {
            Numbers numbers = new Numbers(Base64.getUrlDecoder().decode(metadata.substring(VERSION.length())));
            long epoch = numbers.next();
            long at = position;
            TreeSet<Long> open = new TreeSet<>();
            for (boolean isOpen = true; numbers.hasNext(); isOpen = !isOpen) {
                long end = Math.addExact(at, numbers.next());
                if (end < at || end - at > 1_000_000_000L || (isOpen && end - at > 1_000_000L)) {
                    throw new IllegalArgumentException("no such run");
                }
                while (at < end) {
                    if (isOpen) {
                        open.add(at);
                        at++;
                    } else {
                        at = end;
                    }
                }
            }
            return new Cursor(epoch, at, open);
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Cursor.at(0, position);
        }
    }

    private static void number(long value, ByteArrayOutputStream out) {
        long rest = value;
        while (rest > 0x7F) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static final class Numbers {
        private final byte[] bytes;
        private int at;

        Numbers(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean hasNext() {
            return at < bytes.length;
        }

        long next() {
            long value = 0;
            for (int shift = 0; shift < 63; shift += 7) {
                if (!hasNext()) {
                    throw new IllegalArgumentException("cut off");
                }
                byte b = bytes[at++];
                value |= (long) (b & 0x7F) << shift;
                if (b >= 0) {
                    return value;
                }
            }
            throw new IllegalArgumentException("too long a number");
        }
    }
}
