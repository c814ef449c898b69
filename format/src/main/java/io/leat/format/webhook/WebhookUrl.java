package io.leat.format.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * An address that deliveries can be posted to, read the one strict way: what any two programs could read differently is
 * refused.
 *
 * @param tls whether it is https
 * @param host a name, a dotted IPv4 address, or an IPv6 address without brackets
 * @param port never 0
 * @param target path and query
 */
public record WebhookUrl(boolean tls, String host, int port, String target) {

    private static final int LONGEST = 2_048;
    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?",
            Pattern.CASE_INSENSITIVE);
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F:.]{2,45}]");

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong and does not quote it
     */
    public static WebhookUrl parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("A webhook's address has at most 2048 characters.");
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("This is not a well-formed address.", e);
        }
        boolean tls = "https".equals(uri.getScheme());
        if (!tls && !"http".equals(uri.getScheme())) {
            throw new IllegalArgumentException("A webhook's address begins with https://.");
        }
        String host = uri.getHost();
        if (host == null || !text.startsWith("//", uri.getScheme().length() + 1)) {
            throw new IllegalArgumentException("The address names no host.");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("A webhook's address has neither user nor fragment.");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new IllegalArgumentException("There is no such port.");
        }
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
        return new WebhookUrl(tls, host(host), port, target(uri));
    }

    private static String host(String host) {
        if (IPV6.matcher(host).matches()) {
            return host.substring(1, host.length() - 1);
        }
        if (!IPV4.matcher(host).matches() && !NAME.matcher(host).matches()) {
            throw new IllegalArgumentException("The host is neither a name nor an address in its usual form.");
        }
        return host;
    }

    private static String target(URI uri) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** Whether the host is an address, so that no name has to be looked up. */
    public boolean isAddress() {
        return host.contains(":") || IPV4.matcher(host).matches();
    }

    /** Where it leads, without path and query: these may hold a secret. */
    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
