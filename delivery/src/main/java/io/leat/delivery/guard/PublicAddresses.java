package io.leat.delivery.guard;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses belong to the public internet. An allow rule: what is not known to be global unicast is not let
 * through, so that a range nobody thought of stays shut.
 */
final class PublicAddresses {

    /** IANA's special-purpose IPv4 ranges, and all that is not unicast. */
    private static final List<Network> SPECIAL_V4 = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    private static final Network GLOBAL_V6 = Network.parse("2000::/3");

    /** Protocol assignments with Teredo, documentation, 6to4 and AS112 within global unicast. */
    private static final List<Network> SPECIAL_V6 =
            networks("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    private PublicAddresses() {}

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(Network::parse).toList();
    }

    static boolean contain(InetAddress address) {
        if (address instanceof Inet4Address) {
            return SPECIAL_V4.stream().noneMatch(network -> network.contains(address));
        }
        return GLOBAL_V6.contains(address) && SPECIAL_V6.stream().noneMatch(network -> network.contains(address));
    }
}
