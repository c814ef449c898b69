package io.leat.delivery.guard;

import io.leat.format.webhook.WebhookUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Says which addresses a delivery may connect to: looks a name up once, checks every address of the answer, and hands
 * out those, so that a second look-up cannot bring another answer. Thread-safe.
 */
public final class Guard {

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

    private CompletionStage<List<InetAddress>> checked(WebhookUrl url, List<InetAddress> found) {
        for (InetAddress address : found) {
            boolean opened = allowed.stream().anyMatch(network -> network.contains(address));
            if (!opened && !PublicAddresses.contain(address)) {
                return CompletableFuture.failedFuture(
                        new Refused("the host has an address inside a private or reserved range"));
            }
            if (!opened && !url.tls()) {
                return CompletableFuture.failedFuture(new Refused("plain http is for opened ranges only"));
            }
            if (!opened && !PORTS.contains(url.port())) {
                return CompletableFuture.failedFuture(new Refused("the port is neither 443 nor 8443"));
            }
        }
        return CompletableFuture.completedFuture(List.copyOf(found));
    }
}
