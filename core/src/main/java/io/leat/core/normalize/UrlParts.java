package io.leat.core.normalize;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An address taken apart as RFC 3986 does; a part that is not there is {@code null}.
 *
 * @param scheme in lower case
 */
record UrlParts(
        @Nullable String scheme,
        @Nullable String authority,
        String path,
        @Nullable String query,
        @Nullable String fragment) {

    static final String HTTPS = "https";
    static final String HTTP = "http";

    static UrlParts of(String line) {
        int hash = line.indexOf('#');
        String fragment = hash < 0 ? null : line.substring(hash + 1);
        int end = hash < 0 ? line.length() : hash;
        int mark = line.indexOf('?');
        String query = mark < 0 || mark > end ? null : line.substring(mark + 1, end);
        int to = query == null ? end : mark;
        int colon = schemeEnd(line, to);
        String scheme = colon < 0 ? null : scheme(line, colon);
        int from = colon + 1;
        if (to - from < 2 || !line.startsWith("//", from)) {
            return new UrlParts(scheme, null, line.substring(from, to), query, fragment);
        }
        int slash = line.indexOf('/', from + 2);
        int path = slash < 0 || slash > to ? to : slash;
        return new UrlParts(scheme, line.substring(from + 2, path), line.substring(path, to), query, fragment);
    }

    private static String scheme(String line, int to) {
        if (line.startsWith(HTTPS) && to == HTTPS.length()) {
            return HTTPS;
        }
        return line.substring(0, to).toLowerCase(Locale.ROOT);
    }

    private static int schemeEnd(String text, int to) {
        for (int i = 0; i < to; i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i;
            }
            boolean isLetter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 0x80;
            if (!isLetter && (i == 0 || !(Letters.isDigit(c) || c == '+' || c == '-' || c == '.'))) {
                return -1;
            }
        }
        return -1;
    }

    /** About how many characters it has. */
    int room() {
        return 32
                + path.length()
                + (authority == null ? 0 : authority.length())
                + (query == null ? 0 : query.length())
                + (fragment == null ? 0 : fragment.length());
    }

    /** This address, if it is relative, as one from that page on. */
    UrlParts from(UrlParts base) {
        if (authority != null) {
            return new UrlParts(base.scheme, authority, path, query, fragment);
        }
        if (path.isEmpty()) {
            return new UrlParts(base.scheme, base.authority, base.path, query == null ? base.query : query, fragment);
        }
        String whole = path.startsWith("/") ? path : base.path.substring(0, base.path.lastIndexOf('/') + 1) + path;
        String rooted = whole.startsWith("/") ? whole : "/" + whole;
        return new UrlParts(base.scheme, base.authority, rooted, query, fragment);
    }
}
