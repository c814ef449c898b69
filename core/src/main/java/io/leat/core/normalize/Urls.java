package io.leat.core.normalize;

import io.leat.core.normalize.Normalized.Absent;
import io.leat.core.normalize.Normalized.Normal;
import io.leat.core.normalize.Normalized.Unparsed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads addresses of pages: scheme and host in lower case, the host in ASCII, no default port, no dot segments, escapes in one
 * spelling, no parameters that only say where a reader came from, no fragment unless it names a page. The order of the parameters
 * stays: it can matter. Thread-safe.
 */
public final class Urls {

    static final int MOST_CHARACTERS = 8_192;
    private static final int MOST_PORT = 65_535;
    private static final int NO_PORT = -1;
    private static final int BAD_PORT = -2;

    private final @Nullable UrlParts base;
    private final UrlParameters parameters;
    private final Fragment fragment;

    private Urls(@Nullable UrlParts base, UrlParameters parameters, Fragment fragment) {
        this.base = base;
        this.parameters = parameters;
        this.fragment = fragment;
    }

    /** What becomes of what stands behind {@code #}. */
    public enum Fragment {
        /** It stays if it is a route ({@code #/product/1}, {@code #!item=12}), which names a page. */
        AUTO,
        /** It always stays. */
        KEEP,
        /** It never stays. */
        DROP
    }

    /**
     * The reader of these addresses.
     *
     * @throws IllegalArgumentException if the base is no absolute http address
     */
    public static Urls of(Normalizer.OfUrl how) {
        UrlParameters parameters = new UrlParameters(how.drop(), how.keep());
        String text = how.base();
        if (text == null) {
            return new Urls(null, parameters, how.fragment());
        }
        if (!(new Urls(null, parameters, Fragment.DROP).read(text) instanceof Normal<String> normal)) {
            throw new IllegalArgumentException("not an absolute http address");
        }
        return new Urls(UrlParts.of(normal.value()), parameters, how.fragment());
    }

    /** The reader of absolute addresses that knows no site. */
    public static Urls usual() {
        return of(new Normalizer.OfUrl(null, List.of(), List.of(), Fragment.AUTO));
    }

    /** Reads an address; one without a scheme ({@code //shop.example/x}) has that of the base, or https. */
    public Normalized<String> read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return new Unparsed<>("longer than " + MOST_CHARACTERS + " characters");
        }
        String line = tidied(Plain.entities(text).strip());
        if (line.isEmpty()) {
            return new Absent<>();
        }
        UrlParts parts = UrlParts.of(line);
        if (parts.scheme() == null) {
            UrlParts from = base;
            if (from == null && parts.authority() == null) {
                return new Unparsed<>("not an absolute http address, and no base is declared");
            }
            if (parts.authority() == null && isNoPath(parts.path())) {
                return new Unparsed<>("not an address");
            }
            parts = from == null
                    ? new UrlParts(UrlParts.HTTPS, parts.authority(), parts.path(), parts.query(), parts.fragment())
                    : parts.from(from);
        }
        boolean isHttp = UrlParts.HTTPS.equals(parts.scheme()) || UrlParts.HTTP.equals(parts.scheme());
        return isHttp && parts.authority() != null
                ? written(parts, parts.authority())
                : new Unparsed<>("not an absolute http address");
    }

    /** A sentence, or the name of a host without its scheme, is no path. */
    private static boolean isNoPath(String path) {
        return path.indexOf(' ') >= 0 && path.indexOf('/') < 0 || path.startsWith("www.");
    }

    private static String tidied(String line) {
        if (line.indexOf('\n') < 0 && line.indexOf('\r') < 0 && line.indexOf('\t') < 0) {
            return line;
        }
        return line.replace("\n", "").replace("\r", "").replace("\t", "");
    }

    private Normalized<String> written(UrlParts parts, String authority) {
        if (authority.indexOf('@') >= 0) {
            return new Unparsed<>("it holds a user name");
        }
        int colon = authority.lastIndexOf(':');
        boolean isPort = colon >= 0 && authority.indexOf(']', colon) < 0;
        String host = Hosts.of(isPort ? authority.substring(0, colon) : authority);
        int port = isPort ? port(authority, colon + 1) : NO_PORT;
        if (host == null || port == BAD_PORT) {
            return new Unparsed<>(host == null ? "no host" : "no port");
        }
        boolean isPlain = UrlParts.HTTP.equals(parts.scheme());
        StringBuilder out = new StringBuilder(parts.room()).append(isPlain ? "http://" : "https://");
        out.append(host);
        if (port != NO_PORT && port != (isPlain ? 80 : 443)) {
            out.append(':').append(port);
        }
        UrlPath.append(UrlEscapes.of(parts.path()), out);
        query(parts.query(), out);
        fragment(parts.fragment(), out);
        return new Normal<>(out.toString());
    }

    private static int port(String authority, int from) {
        int port = from == authority.length() ? NO_PORT : 0;
        for (int i = from; i < authority.length(); i++) {
            if (!Letters.isDigit(authority.charAt(i))) {
                return BAD_PORT;
            }
            port = Math.min(port * 10 + authority.charAt(i) - '0', MOST_PORT + 1);
        }
        return port > MOST_PORT ? BAD_PORT : port;
    }

    private void query(@Nullable String text, StringBuilder out) {
        if (text == null) {
            return;
        }
        String query = UrlEscapes.of(text);
        char before = '?';
        for (int from = 0; from < query.length(); ) {
            int and = query.indexOf('&', from);
            int to = and < 0 ? query.length() : and;
            if (to > from && !parameters.isDropped(query, from, to)) {
                out.append(before).append(query, from, to);
                before = '&';
            }
            from = to + 1;
        }
    }

    private void fragment(@Nullable String text, StringBuilder out) {
        if (text == null || text.isEmpty()) {
            return;
        }
        boolean isRoute = text.charAt(0) == '/' || text.charAt(0) == '!';
        if (fragment == Fragment.KEEP || fragment == Fragment.AUTO && isRoute) {
            out.append('#').append(UrlEscapes.of(text));
        }
    }
}
