package io.leat.delivery.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A range of addresses: {@code 10.0.0.0/8}, {@code fd00::/8}.
 *
 * @param address its first address
 * @param bits how many leading bits are fixed
 */
public record Network(InetAddress address, int bits) {

    /**
     * Reads a range; a single address is a range of one.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        String start = slash < 0 ? text : text.substring(0, slash);
        if (!start.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException("A range is written like 10.0.0.0/8 or fd00::/8.");
        }
        try {
            InetAddress address = InetAddress.getByName(start);
            int most = 8 * address.getAddress().length;
            int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > most) {
                throw new IllegalArgumentException("A range has at most " + most + " fixed bits.");
            }
            return new Network(address, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("A range is written like 10.0.0.0/8 or fd00::/8.", e);
        }
    }

    /** Whether the address lies within. */
    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] others = other.getAddress();
        if (mine.length != others.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((mine[bit / 8] & mask) != (others[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }
}
