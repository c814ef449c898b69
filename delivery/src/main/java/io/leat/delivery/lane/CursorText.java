package io.leat.delivery.lane;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A cursor as the metadata of a committed offset: the epoch, then runs of open and done offsets by turns; after a dot what
 * has failed, to the second; after a tilde its mark.
 *
 * <p>A broker takes 4,096 characters. What does not fit is forgotten from the far end on: it is told once more after a
 * restart, and the attempts of the last of very many failing changes are counted anew.
 */
public final class CursorText {

    private static final int MOST_BYTES = 2_900;
    private static final int MOST_TRIAL_BYTES = 700;
    private static final int LONGEST_NUMBER = 10;
    private static final String VERSION = "1:";
    private static final char TRIALS = '.';
    private static final char MARK = '~';

    private CursorText() {}

    /** The metadata that goes with {@link Cursor#position}. */
    public static String write(Cursor cursor) {
        byte[] trials = trials(cursor.trials(), cursor.position());
        String text = VERSION + base64(runs(cursor, MOST_BYTES - trials.length));
        text = trials.length == 0 ? text : text + TRIALS + base64(trials);
        return cursor.mark().isEmpty() ? text : text + MARK + cursor.mark();
    }

    private static byte[] runs(Cursor cursor, int most) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        number(cursor.epoch(), out);
        long at = cursor.position();
        Iterator<Long> open = cursor.open().iterator();
        Long next = open.hasNext() ? open.next() : null;
        while (next != null && out.size() < most - 2 * LONGEST_NUMBER) {
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
        return out.toByteArray();
    }

    /** Since when all failed, the newest moment, and for each change its distance, its attempts and how much older it is. */
    private static byte[] trials(Trials trials, long position) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (trials.equals(Trials.NONE)) {
            return out.toByteArray();
        }
        number(trials.failingSince() == Trials.NOT_FAILING ? 0 : trials.failingSince() / 1_000, out);
        long newest = trials.byOffset().values().stream()
                .mapToLong(trial -> trial.sinceMillis() / 1_000)
                .max()
                .orElse(0);
        number(newest, out);
        for (Map.Entry<Long, Trials.Trial> entry : trials.byOffset().entrySet()) {
            if (out.size() > MOST_TRIAL_BYTES - 3 * LONGEST_NUMBER) {
                break;
            }
            number(entry.getKey() - position, out);
            number(entry.getValue().attempts(), out);
            number(newest - entry.getValue().sinceMillis() / 1_000, out);
        }
        return out.toByteArray();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Reads a committed offset; metadata of another kind counts as none. */
    public static Cursor read(long position, String metadata) {
        int mark = metadata.indexOf(MARK);
        if (mark < 0) {
            return readUnmarked(position, metadata);
        }
        try {
            return readUnmarked(position, metadata.substring(0, mark)).marked(metadata.substring(mark + 1));
        } catch (IllegalArgumentException e) {
            return Cursor.at(0, position);
        }
    }

    private static Cursor readUnmarked(long position, String metadata) {
        if (!metadata.startsWith(VERSION)) {
            return Cursor.at(0, position);
        }
        try {
            int dot = metadata.indexOf(TRIALS);
            Numbers numbers = Numbers.of(metadata.substring(VERSION.length(), dot < 0 ? metadata.length() : dot));
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
            Trials trials = dot < 0 ? Trials.NONE : readTrials(Numbers.of(metadata.substring(dot + 1)), position);
            return new Cursor(epoch, at, open, trials);
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Cursor.at(0, position);
        }
    }

    private static Trials readTrials(Numbers numbers, long position) {
        long failing = Math.multiplyExact(numbers.next(), 1_000L);
        long newest = numbers.next();
        TreeMap<Long, Trials.Trial> byOffset = new TreeMap<>();
        while (numbers.hasNext()) {
            long offset = Math.addExact(position, numbers.next());
            int attempts = Math.toIntExact(numbers.next());
            long since = Math.multiplyExact(newest - numbers.next(), 1_000L);
            byOffset.put(offset, new Trials.Trial(attempts, since));
        }
        return new Trials(failing == 0 ? Trials.NOT_FAILING : failing, byOffset);
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

        private Numbers(byte[] bytes) {
            this.bytes = bytes;
        }

        static Numbers of(String base64) {
            return new Numbers(Base64.getUrlDecoder().decode(base64));
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
