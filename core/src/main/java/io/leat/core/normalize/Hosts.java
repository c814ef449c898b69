package io.leat.core.normalize;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One spelling of a host: lower case, no point at the end, letters beyond ASCII in Punycode (RFC 3492). {@code ß} and the final
 * sigma stay letters of their own, as IDNA 2008 has it.
 */
final class Hosts {

    private static final String PREFIX = "xn--";
    private static final int MOST_CHARACTERS = 253;
    private static final int MOST_IN_LABEL = 63;
    private static final int BASE = 36;
    private static final int LEAST = 1;
    private static final int MOST = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST = 0x80;

    private Hosts() {}

    /** The host in one spelling, {@code null} if it is none. */
    static @Nullable String of(String host) {
        if (host.startsWith("[")) {
            return isAddress(host) ? host.toLowerCase(Locale.ROOT) : null;
        }
        if (host.length() > MOST_CHARACTERS + 1 || !Composed.isSafe(host)) {
            return null;
        }
        String plain = isAscii(host) ? host : Normalizer.normalize(host, Normalizer.Form.NFKC);
        String lower = plain.toLowerCase(Locale.ROOT).replace('\u3002', '.');
        lower = isAscii(lower) ? lower : Normalizer.normalize(lower, Normalizer.Form.NFC);
        if (lower.endsWith(".")) {
            lower = lower.substring(0, lower.length() - 1);
        }
        if (lower.isEmpty() || lower.length() > MOST_CHARACTERS) {
            return null;
        }
        if (isPlain(lower)) {
            return lower;
        }
        StringBuilder out = new StringBuilder(lower.length() + 8);
        for (int from = 0; from <= lower.length(); ) {
            int point = lower.indexOf('.', from);
            int to = point < 0 ? lower.length() : point;
            if (from == to || !label(lower, from, to, out)) {
                return null;
            }
            from = to + 1;
            if (point >= 0) {
                out.append('.');
            }
        }
        return out.toString();
    }

    private static boolean isAddress(String host) {
        for (int i = 1; i < host.length() - 1; i++) {
            char c = host.charAt(i);
            if (Character.digit(c, 16) < 0 && c != ':' && c != '.' || c > 'f') {
                return false;
            }
        }
        return host.length() > 3 && host.endsWith("]");
    }

    /** Whether it is its one spelling already: labels of small letters, digits, hyphens and underscores. */
    private static boolean isPlain(String host) {
        char before = '.';
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (!isPart(c) && (c != '.' || before == '.')) {
                return false;
            }
            before = c;
        }
        return before != '.';
    }

    private static boolean isPart(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FIRST) {
                return false;
            }
        }
        return true;
    }

    private static boolean label(String host, int from, int to, StringBuilder out) {
        boolean isPlain = true;
        for (int i = from; i < to; ) {
            int c = host.codePointAt(i);
            i += Character.charCount(c);
            boolean isAllowed = c < FIRST ? isPart(c) : Character.isLetterOrDigit(c) || isMark(c) || c == 0xb7;
            if (!isAllowed) {
                return false;
            }
            isPlain &= c < FIRST;
        }
        if (isPlain) {
            out.append(host, from, to);
        } else {
            int[] letters = host.substring(from, to).codePoints().toArray();
            if (letters.length > MOST_IN_LABEL) {
                return false;
            }
            punycode(letters, out.append(PREFIX));
        }
        return true;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static void punycode(int[] label, StringBuilder out) {
        int written = 0;
        for (int c : label) {
            if (c < FIRST) {
                out.append((char) c);
                written++;
            }
        }
        int plain = written;
        if (plain > 0) {
            out.append('-');
        }
        int next = FIRST;
        int delta = 0;
        int bias = FIRST_BIAS;
        while (written < label.length) {
            int least = Integer.MAX_VALUE;
            for (int c : label) {
                least = c >= next ? Math.min(least, c) : least;
            }
            delta += (least - next) * (written + 1);
            next = least;
            for (int c : label) {
                delta += c < next ? 1 : 0;
                if (c == next) {
                    variable(delta, bias, out);
                    bias = adapted(delta, written + 1, written == plain);
                    delta = 0;
                    written++;
                }
            }
            delta++;
            next++;
        }
    }

    private static void variable(int delta, int bias, StringBuilder out) {
        int rest = delta;
        for (int k = BASE; ; k += BASE) {
            int threshold = Math.min(Math.max(k - bias, LEAST), MOST);
            if (rest < threshold) {
                out.append(digit(rest));
                return;
            }
            out.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int adapted(int delta, int points, boolean isFirst) {
        int rest = isFirst ? delta / DAMP : delta / 2;
        rest += rest / points;
        int k = 0;
        while (rest > (BASE - LEAST) * MOST / 2) {
            rest /= BASE - LEAST;
            k += BASE;
        }
        return k + (BASE - LEAST + 1) * rest / (rest + SKEW);
    }
}
