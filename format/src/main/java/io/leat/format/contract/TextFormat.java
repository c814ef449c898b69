package io.leat.format.contract;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import com.networknt.schema.format.Formats;
import io.leat.format.json.Document;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A format of strings: the general validator's own, with a quick yes for the usual spellings of the usual ones. */
final class TextFormat {

    private static final Map<String, Format> KNOWN =
            Formats.DEFAULT.stream().collect(Collectors.toMap(Format::getName, Function.identity(), (a, b) -> b));
    private static final String MOMENT = "0000-00-00T00:00:00";
    private static final int UUID_LENGTH = 36;
    /** One bit a place. */
    private static final long UUID_HYPHENS = 1L << 8 | 1L << 13 | 1L << 18 | 1L << 23;

    private static final boolean[] IS_HEX = new boolean[128];

    static {
        for (char digit : "0123456789abcdefABCDEF".toCharArray()) {
            IS_HEX[digit] = true;
        }
    }

    private final String name;
    private final Format format;
    private final Predicate<String> stricter;
    private final ExecutionContext context = new ExecutionContext();

    private TextFormat(String name, Format format) {
        this.name = name;
        this.format = format;
        this.stricter = StricterFormats.of(name);
    }

    /** The format of a name, {@code null} if there is none: such a name says nothing. */
    static @Nullable TextFormat of(String name) {
        Format format = KNOWN.get(name);
        return format == null ? null : new TextFormat(name, format);
    }

    String name() {
        return name;
    }

    boolean fits(Document document, int string) {
        return switch (name) {
            case "date-time" -> isUsualMoment(document, string) || fits(document.text(string));
            case "uri", "uri-reference", "iri" -> isUsualAddress(document, string) || fits(document.text(string));
            case "uuid" -> isUsualUuid(document, string) || fits(document.text(string));
            default -> fits(document.text(string));
        };
    }

    /** Whether a text is in the format. */
    boolean fits(String text) {
        boolean isOwn = name.equals("duration") || name.equals("regex");
        return stricter.test(text) && (isOwn || format.matches(context, StricterFormats.lenient(name, text)));
    }

    /** The formats in the shape that the general validator takes, so that both judge alike. */
    static List<Format> all() {
        return KNOWN.keySet().stream().map(TextFormat::shared).toList();
    }

    private static Format shared(String name) {
        TextFormat format = new TextFormat(name, KNOWN.getOrDefault(name, Formats.DEFAULT.get(0)));
        return new Format() {
            @Override
            public String getName() {
                return name;
            }

            @Override
            public boolean matches(ExecutionContext context, String value) {
                return format.fits(value);
            }
        };
    }

    /** {@code 2026-02-07T17:22:01.5Z}, on a day that every month has, and no leap second. */
    private static boolean isUsualMoment(Document document, int string) {
        int length = document.length(string);
        if (length < MOMENT.length() + 1
                || length > MOMENT.length() + 11
                || document.byteAt(string, length - 1) != 'Z') {
            return false;
        }
        for (int i = 0; i < MOMENT.length(); i++) {
            byte c = document.byteAt(string, i);
            boolean isRight = MOMENT.charAt(i) == '0' ? c >= '0' && c <= '9' : c == MOMENT.charAt(i);
            if (!isRight) {
                return false;
            }
        }
        return isFraction(document, string, length - 1)
                && within(two(document, string, 5), 1, 12)
                && within(two(document, string, 8), 1, 28)
                && within(two(document, string, 11), 0, 23)
                && within(two(document, string, 14), 0, 59)
                && within(two(document, string, 17), 0, 59);
    }

    /** 32 hexadecimal digits in five groups. */
    private static boolean isUsualUuid(Document document, int string) {
        if (document.length(string) != UUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            byte c = document.byteAt(string, i);
            boolean isRight = (UUID_HYPHENS >>> i & 1) != 0 ? c == '-' : c >= 0 && IS_HEX[c];
            if (!isRight) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFraction(Document document, int string, int end) {
        if (end == MOMENT.length()) {
            return true;
        }
        if (document.byteAt(string, MOMENT.length()) != '.' || end == MOMENT.length() + 1) {
            return false;
        }
        for (int i = MOMENT.length() + 1; i < end; i++) {
            byte c = document.byteAt(string, i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    private static int two(Document document, int string, int at) {
        return 10 * (document.byteAt(string, at) - '0') + document.byteAt(string, at + 1) - '0';
    }

    private static boolean within(int number, int least, int most) {
        return number >= least && number <= most;
    }

    /** {@code https://shop.example/a/b-c?d=1}: a host of letters, then what stands for itself in every part. */
    private static boolean isUsualAddress(Document document, int string) {
        int length = document.length(string);
        int at = starts(document, string, "https://") ? 8 : starts(document, string, "http://") ? 7 : length;
        int host = at;
        while (at < length && isPlain(document.byteAt(string, at), ".-")) {
            at++;
        }
        if (at == host || (at < length && document.byteAt(string, at) != '/')) {
            return false;
        }
        while (at < length && isPlain(document.byteAt(string, at), ".-_~/")) {
            at++;
        }
        if (at < length && document.byteAt(string, at) == '?') {
            at++;
            while (at < length && isPlain(document.byteAt(string, at), ".-_~/=&")) {
                at++;
            }
        }
        return at == length;
    }

    private static boolean starts(Document document, int string, String start) {
        boolean does = document.length(string) > start.length();
        for (int i = 0; does && i < start.length(); i++) {
            does = document.byteAt(string, i) == start.charAt(i);
        }
        return does;
    }

    private static boolean isPlain(byte c, String more) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || more.indexOf(c) >= 0;
    }
}
