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

    static UrlParts of(String line) {
        int hash = line.indexOf('#');
        String fragment = hash < 0 ? null : line.substring(hash + 1);
        String rest = hash < 0 ? line : line.substring(0, hash);
        int mark = rest.indexOf('?');
        String query = mark < 0 ? null : rest.substring(mark + 1);
        rest = mark < 0 ? rest : rest.substring(0, mark);
        int colon = schemeEnd(rest);
        String scheme = colon < 0 ? null : rest.substring(0, colon).toLowerCase(Locale.ROOT);
        rest = rest.substring(colon + 1);
        if (!rest.startsWith("//")) {
            return new UrlParts(scheme, null, rest, query, fragment);
        }
        int slash = rest.indexOf('/', 2);
        String authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
        return new UrlParts(scheme, authority, slash < 0 ? "" : rest.substring(slash), query, fragment);
    }

    private static int schemeEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
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
