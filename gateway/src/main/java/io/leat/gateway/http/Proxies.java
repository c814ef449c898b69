package io.leat.gateway.http;

import io.leat.delivery.guard.Network;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Proxies in front of a gateway that are believed when they say for whom they ask. Of anybody else only the address counts
 * that the connection comes from. Each proxy adds its neighbour at the end; so the last one that is no proxy is the client,
 * and what stands before it is the client's own word, which counts for nothing. Immutable.
 *
 * @param trusted where they are; empty where none is believed
 * @param header the one header they all write; the other one may be the client's own
 */
public record Proxies(List<Network> trusted, Header header) {

    /** Nobody is believed. */
    public static final Proxies NONE = new Proxies(List.of(), Header.X_FORWARDED_FOR);

    /** So many at the end of a header are looked at. */
    private static final int MOST = 32;

    /** One that Java takes for a number: it would look up a name like 999.1.1.1. */
    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";

    private static final Pattern NODE =
            Pattern.compile("(" + BYTE + "(?:\\." + BYTE + "){3})(?::\\d{1,5})?|\\[([0-9a-fA-F:.]{2,45})](?::\\d{1,5})?"
                    + "|([0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?:[0-9.]{7,15})?)");
    private static final Pattern FOR = Pattern.compile("(?i)(?:^|;)\\s*for\\s*=\\s*(\"[^\"]*\"|[^;\"\\s]*)");

    public Proxies {
        trusted = List.copyOf(trusted);
    }

    /** Who asks, in the words of which header. */
    public enum Header {
        /** The usual one. */
        X_FORWARDED_FOR("X-Forwarded-For"),
        /** RFC 7239. */
        FORWARDED("Forwarded");

        private final String label;

        Header(String label) {
            this.label = label;
        }

        /** As it is written. */
        public String label() {
            return label;
        }
    }

    /** Whether a connection comes from one of them. */
    public boolean isOne(@Nullable SocketAddress peer) {
        InetAddress address = peer == null ? null : address(String.valueOf(peer.hostAddress()));
        return address != null && isTrusted(address);
    }

    /** The address of the client of a request. */
    public String client(HttpServerRequest request) {
        String peer = String.valueOf(request.remoteAddress().hostAddress());
        return trusted.isEmpty() ? peer : client(peer, request.headers().getAll(header.label()));
    }

    /**
     * The same of what was received.
     *
     * @param peer where the connection comes from
     * @param values the header's, in their order
     */
    String client(String peer, List<String> values) {
        InetAddress last = address(peer);
        if (last == null || !isTrusted(last)) {
            return peer;
        }
        String[] hops = String.join(",", values).split(",", -1);
        for (int i = hops.length - 1; i >= Math.max(0, hops.length - MOST); i--) {
            InetAddress hop = address(node(hops[i].strip()));
            if (hop == null) {
                return last.getHostAddress();
            }
            if (!isTrusted(hop)) {
                return hop.getHostAddress();
            }
            last = hop;
        }
        return last.getHostAddress();
    }

    private String node(String hop) {
        if (header == Header.X_FORWARDED_FOR) {
            return hop;
        }
        Matcher node = FOR.matcher(hop);
        return node.find() ? node.group(1).replace("\"", "") : "";
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }

    /** Never asks for a name. */
    private static @Nullable InetAddress address(String node) {
        Matcher parts = NODE.matcher(node);
        if (!parts.matches()) {
            return null;
        }
        String literal =
                parts.group(1) != null ? parts.group(1) : parts.group(2) != null ? parts.group(2) : parts.group(3);
        try {
            return InetAddress.getByName(literal.indexOf(':') >= 0 ? "[" + literal + "]" : literal);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
