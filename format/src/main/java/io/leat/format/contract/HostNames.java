package io.leat.format.contract;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.IdnHostnameFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of hosts as RFC 1123, RFC 5891 (internationalized) and RFC 5893 (right-to-left) have them. */
final class HostNames {

    private static final int MOST_CHARACTERS = 253;
    private static final Pattern DOTS = Pattern.compile("[.\\u3002\\uff0e\\uff61]");
    private static final String ENCODED = "xn--";

    private static final int BASE = 36;
    private static final int LEAST = 1;
    private static final int MOST = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST_POINT = 128;

    private static final int RIGHT_TO_LEFT = 1 << Character.DIRECTIONALITY_RIGHT_TO_LEFT
            | 1 << Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
            | 1 << Character.DIRECTIONALITY_ARABIC_NUMBER;
    private static final int NEUTRAL = 1 << Character.DIRECTIONALITY_EUROPEAN_NUMBER
            | 1 << Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR
            | 1 << Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR
            | 1 << Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR
            | 1 << Character.DIRECTIONALITY_OTHER_NEUTRALS
            | 1 << Character.DIRECTIONALITY_BOUNDARY_NEUTRAL
            | 1 << Character.DIRECTIONALITY_NONSPACING_MARK;
    private static final int BOTH_NUMBERS =
            1 << Character.DIRECTIONALITY_EUROPEAN_NUMBER | 1 << Character.DIRECTIONALITY_ARABIC_NUMBER;

    private HostNames() {}

    /** Whether each label that stands for an internationalized one stands for a sound one. */
    static boolean isAsciiHost(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return false;
        }
        IdnHostnameFormat international = new IdnHostnameFormat();
        for (String label : text.split("\\.", -1)) {
            if (label.regionMatches(true, 0, ENCODED, 0, ENCODED.length())) {
                String decoded = decoded(label.substring(ENCODED.length()));
                boolean isSound = decoded != null
                        && decoded.codePoints().anyMatch(c -> c >= FIRST_POINT)
                        && international.matches(new ExecutionContext(), decoded);
                if (!isSound) {
                    return false;
                }
            } else if (label.startsWith("--", 2)) {
                return false;
            }
        }
        return true;
    }

    /** Whether an internationalized name is short enough, ends in a label and keeps to the rules of direction. */
    static boolean isHost(String text) {
        String[] labels = DOTS.split(text, -1);
        if (text.length() > MOST_CHARACTERS || labels[labels.length - 1].isEmpty()) {
            return false;
        }
        boolean isDirected = text.codePoints().anyMatch(c -> (direction(c) & RIGHT_TO_LEFT) != 0);
        for (String label : labels) {
            if (isDirected && !isDirectedSoundly(label)) {
                return false;
            }
        }
        return true;
    }

    /** The Bidi Rule of RFC 5893. */
    private static boolean isDirectedSoundly(String label) {
        int[] points = label.codePoints().toArray();
        int last = points.length - 1;
        while (last > 0 && direction(points[last]) == 1 << Character.DIRECTIONALITY_NONSPACING_MARK) {
            last--;
        }
        if (points.length == 0) {
            return false;
        }
        int first = direction(points[0]);
        int all = 0;
        for (int point : points) {
            all |= direction(point);
        }
        int left = 1 << Character.DIRECTIONALITY_LEFT_TO_RIGHT;
        int number = 1 << Character.DIRECTIONALITY_EUROPEAN_NUMBER;
        if (first == left) {
            return (all & ~(left | NEUTRAL)) == 0 && (direction(points[last]) & (left | number)) != 0;
        }
        boolean isRight = (first & RIGHT_TO_LEFT & ~(1 << Character.DIRECTIONALITY_ARABIC_NUMBER)) != 0;
        return isRight
                && (all & ~(RIGHT_TO_LEFT | NEUTRAL)) == 0
                && (all & BOTH_NUMBERS) != BOTH_NUMBERS
                && (direction(points[last]) & (RIGHT_TO_LEFT | number)) != 0;
    }

    private static int direction(int point) {
        byte direction = Character.getDirectionality(point);
        return direction < 0 ? 0 : 1 << direction;
    }

    /** What a label stands for (RFC 3492), {@code null} if for nothing. */
    private static @Nullable String decoded(String encoded) {
        int hyphen = encoded.lastIndexOf('-');
        StringBuilder out = new StringBuilder(encoded.substring(0, Math.max(0, hyphen)));
        int point = FIRST_POINT;
        int bias = FIRST_BIAS;
        long at = 0;
        int in = hyphen < 0 ? 0 : hyphen + 1;
        while (in < encoded.length()) {
            long before = at;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = in < encoded.length() ? digit(encoded.charAt(in++)) : -1;
                if (digit < 0 || at > Character.MAX_CODE_POINT * 64L) {
                    return null;
                }
                at += digit * weight;
                int threshold = Math.min(MOST, Math.max(LEAST, k - bias));
                if (digit < threshold) {
                    break;
                }
                weight *= BASE - threshold;
            }
            int length = out.codePointCount(0, out.length()) + 1;
            bias = adapted(at - before, length, before == 0);
            point += (int) (at / length);
            at %= length;
            if (!Character.isValidCodePoint(point)) {
                return null;
            }
            out.insert(out.offsetByCodePoints(0, (int) at), Character.toString(point));
            at++;
        }
        return out.toString();
    }

    private static int adapted(long delta, int length, boolean isFirst) {
        long rest = isFirst ? delta / DAMP : delta / 2;
        rest += rest / length;
        int k = 0;
        while (rest > (BASE - LEAST) * MOST / 2) {
            rest /= BASE - LEAST;
            k += BASE;
        }
        return k + (int) ((BASE - LEAST + 1) * rest / (rest + SKEW));
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0' + 26;
        }
        int letter = (c | 0x20) - 'a';
        return letter >= 0 && letter < 26 ? letter : -1;
    }
}
