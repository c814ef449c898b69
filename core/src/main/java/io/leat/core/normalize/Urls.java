package io.leat.core.normalize;

import io.leat.core.normalize.Normalized.Absent;
import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Normalized.Unparsed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads addresses of pages: scheme and host in lower case, no default port, no fragment, no dot segments, escapes in one
 * spelling, no parameters that only say where a reader came from. The order of the parameters stays: it can matter.
 */
public final class Urls {

    private static final Pattern URL = Pattern.compile("(?i)(?:(https?):)?//([^/?#]*)([^?#]*)(?:\\?([^#]*))?(?:#.*)?");
    private static final Pattern HOST = Pattern.compile(
            "((?:[\\p{L}\\p{N}\\p{M}_-]+\\.)*[\\p{L}\\p{N}\\p{M}_-]+\\.?|\\[[0-9a-fA-F:.]+\\])(?::(\\d{0,5}))?");
    private static final Set<String> EXACT = new HashSet<>();
    private static final List<String> PREFIXES = new ArrayList<>();
    private static final String UNRESERVED = "-._~";
    private static final int MOST_CHARACTERS = 8_192;

    static {
        for (String name : Table.of("tracking").words("parameters")) {
            if (name.endsWith("*")) {
                PREFIXES.add(name.substring(0, name.length() - 1));
            } else {
                EXACT.add(name);
            }
        }
    }

    private Urls() {}

    /** Reads an absolute address; one without a scheme ({@code //shop.example/x}) is taken as https. */
    public static Normalized<String> read(String text) {
        String line = Plain.entities(text).strip().replaceAll("[\\t\\n\\r]", "");
        if (line.isEmpty()) {
            return new Absent<>();
        }
        if (line.length() > MOST_CHARACTERS) {
            return new Unparsed<>("longer than " + MOST_CHARACTERS + " characters");
        }
        Matcher url = URL.matcher(line);
        if (!url.matches()) {
            return new Unparsed<>("not an absolute http address");
        }
        String authority = url.group(2);
        Matcher host = HOST.matcher(authority);
        if (authority.contains("@") || !host.matches()) {
            return new Unparsed<>(authority.contains("@") ? "it holds a user name" : "no host");
        }
        String scheme = url.group(1) == null ? "https" : url.group(1).toLowerCase(Locale.ROOT);
        String port = host.group(2);
        boolean isDefault = port == null || port.isEmpty() || port.equals(scheme.equals("http") ? "80" : "443");
        StringBuilder out = new StringBuilder(line.length()).append(scheme).append("://");
        out.append(Plain.fold(host.group(1)).replaceAll("\\.$", ""));
        out.append(isDefault ? "" : ":" + port);
        out.append(path(escapes(url.group(3))));
        String query = query(url.group(4) == null ? "" : url.group(4));
        return new Normal<>(
                query.isEmpty() ? out.toString() : out.append('?').append(query).toString());
    }

    private static String query(String query) {
        List<String> kept = new ArrayList<>();
        for (String parameter : query.split("&", -1)) {
            String name = parameter.split("=", 2)[0].toLowerCase(Locale.ROOT);
            boolean isTracking = EXACT.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
            if (!parameter.isEmpty() && !isTracking) {
                kept.add(escapes(parameter));
            }
        }
        return String.join("&", kept);
    }

    /** Resolves dot segments, as RFC 3986 section 5.2.4 does. */
    private static String path(String path) {
        if (path.isEmpty()) {
            return "/";
        }
        Deque<String> segments = new ArrayDeque<>();
        String[] parts = path.substring(1).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean isLast = i == parts.length - 1;
            if (parts[i].equals("..")) {
                segments.pollLast();
            }
            if (!parts[i].equals(".") && !parts[i].equals("..")) {
                segments.addLast(parts[i]);
            } else if (isLast) {
                segments.addLast("");
            }
        }
        return "/" + String.join("/", segments);
    }

    /** One spelling of escapes: capitals, none where none is needed, UTF-8 for what may not stand as it is. */
    private static String escapes(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            int escaped = c == '%' ? escaped(text, i) : -1;
            if (escaped >= 0) {
                i += 2;
                if (escaped < 0x80 && (Character.isLetterOrDigit(escaped) || UNRESERVED.indexOf(escaped) >= 0)) {
                    out.append((char) escaped);
                } else {
                    escape(escaped, out);
                }
            } else if (c > 0x20 && c < 0x7f && "\"<>\\^`{|}%".indexOf(c) < 0) {
                out.append((char) c);
            } else {
                byte[] utf8 = new String(Character.toChars(c)).getBytes(StandardCharsets.UTF_8);
                for (byte b : utf8) {
                    escape(b & 0xff, out);
                }
            }
        }
        return out.toString();
    }

    private static void escape(int octet, StringBuilder out) {
        out.append('%').append(Character.toUpperCase(Character.forDigit(octet >> 4, 16)));
        out.append(Character.toUpperCase(Character.forDigit(octet & 15, 16)));
    }

    private static int escaped(String text, int at) {
        if (at + 2 > text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
