package io.leat.delivery.guard;

import io.leat.format.webhook.WebhookUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says which addresses a delivery may connect to: looks a name up once, checks every address of the answer, and hands
 * out those, so that a second look-up cannot bring another answer. Thread-safe.
 */
public final class Guard {

    private static final String NOT_PUBLIC = "the host has an address inside a private or reserved range";
    private static final Set<Integer> PORTS = Set.of(443, 8443);

    /**
     * Loopback, private and shared: what local work and receivers inside one's own network need. Not link-local, where
     * clouds keep credentials: an operator has to name that range.
     */
    public static final List<Network> PRIVATE = Stream.of(
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "::1/128",
                    "fc00::/7")
            .map(Network::parse)
            .toList();

    private final List<Network> allowed;
    private final Names names;

    /**
     * A guard.
     *
     * @param allowed ranges an operator has opened: there, plain HTTP and every port are fine too
     */
    public Guard(List<Network> allowed, Names names) {
        this.allowed = List.copyOf(allowed);
        this.names = names;
    }

    /** A delivery must not go there. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * The addresses to connect to, all of them checked. Fails with {@link Refused} if one of them is not allowed, and
     * with an {@code UnknownHostException} if there are none.
     */
    public CompletionStage<List<InetAddress>> check(WebhookUrl url) {
        if (url.isAddress()) {
            try {
                return checked(url, List.of(InetAddress.getByName(url.host())));
            } catch (UnknownHostException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
        return names.lookUp(url.host()).thenCompose(found -> checked(url, found));
    }

    /**
     * The addresses of a host that is reached by another protocol than HTTP, all of them checked; fails as {@link #check(WebhookUrl)}
     * does. Its port and whether it is encrypted are not looked at.
     */
    public CompletionStage<List<InetAddress>> check(String host) {
        return names.lookUp(host)
                .thenCompose(found -> found.stream().allMatch(this::lets)
                        ? CompletableFuture.completedFuture(List.copyOf(found))
                        : CompletableFuture.failedFuture(new Refused(NOT_PUBLIC)));
    }

    /** Whether an address may be connected to by another protocol than HTTP. */
    public boolean lets(InetAddress address) {
        return PublicAddresses.contain(address) || isOpened(address);
    }

    private boolean isOpened(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.contains(address));
    }

    private CompletionStage<List<InetAddress>> checked(WebhookUrl url, List<InetAddress> found) {
        for (InetAddress address : found) {
            boolean opened = isOpened(address);
            String refusal = opened ? null : PublicAddresses.contain(address) ? refusal(url) : NOT_PUBLIC;
            if (refusal != null) {
                return CompletableFuture.failedFuture(new Refused(refusal));
            }
        }
        return CompletableFuture.completedFuture(List.copyOf(found));
    }

    /** Why a public address is not delivered to in this way; {@code null} if it is. */
    private static @Nullable String refusal(WebhookUrl url) {
        if (!url.tls()) {
            return "plain http is for opened ranges only";
        }
        return PORTS.contains(url.port()) ? null : "the port is neither 443 nor 8443";
    }

    /**
     * Why no delivery can ever go there, said without a look-up.
     *
     * @param allowed ranges an operator has opened
     * @return {@code null} if one may be possible: it depends on what a name stands for
     */
    public static @Nullable String foreseen(WebhookUrl url, List<Network> allowed) {
        boolean here = url.host().equalsIgnoreCase("localhost");
        if (!url.isAddress() && !here) {
            return allowed.isEmpty() ? refusal(url) : null;
        }
        CompletableFuture<List<InetAddress>> checked = new Guard(
                        allowed, name -> CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress())))
                .check(url)
                .toCompletableFuture();
        return checked.isCompletedExceptionally()
                ? checked.handle((found, refused) -> String.valueOf(refused.getMessage()))
                        .join()
                : null;
    }
}
