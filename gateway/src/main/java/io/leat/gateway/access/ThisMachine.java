package io.leat.gateway.access;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request comes from a program of this machine, and from no web page of elsewhere that a browser of this
 * machine shows: it has to name this machine as the one it wants, and nothing it says of its origin may name another.
 */
final class ThisMachine {

    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final Pattern ORIGIN =
            Pattern.compile("https?://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}|(0:){7}1|::1");
    /** A browser says what asks: a page of this machine, or nobody but the person who typed the address. */
    private static final Set<String> NEAR = Set.of("same-origin", "same-site", "none");

    private ThisMachine() {}

    /** Whether an address, as a number, is one that only this machine has. */
    static boolean isAddress(String address) {
        return LOOPBACK.matcher(address).matches();
    }

    /**
     * Judges by what the request says.
     *
     * @param host whom it wants, without port; {@code null} if it does not say
     * @param origins its {@code Origin} headers, all of them
     * @param fetchSites its {@code Sec-Fetch-Site} headers, all of them
     */
    static boolean isMeantBy(@Nullable String host, List<String> origins, List<String> fetchSites) {
        return host != null
                && NAMES.contains(host.toLowerCase(Locale.ROOT))
                && origins.stream().allMatch(origin -> ORIGIN.matcher(origin).matches())
                && NEAR.containsAll(fetchSites);
    }
}
