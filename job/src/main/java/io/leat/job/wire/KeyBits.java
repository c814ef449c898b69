package io.leat.job.wire;

import java.security.SecureRandom;

/**
 * Tells keys apart by 128 bits.
 *
 * <p>Two polynomials over the key, at points that nobody outside of this object knows, modulo the prime 2^61 - 1: whatever
 * the keys are, two of n characters have the same bits with a chance of at most (n/3 + 2)^2 in 2^120, and nobody can choose
 * them so that it is greater. The bits are another object's only by chance; they are not to be kept. For one thread.
 */
public final class KeyBits {

    private static final long PRIME = (1L << 61) - 1;
    /** Three characters make a number below 2^48. */
    private static final int CHARS = 3;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final long highPoint = point();
    private final long lowPoint = point();

    private long high;
    private long low;

    private static long point() {
        return RANDOM.nextLong(1L << 59, PRIME);
    }

    /** Works out the bits of a key. */
    public void of(String key) {
        int length = key.length();
        long first = length;
        long second = length;
        int at = 0;
        while (at + CHARS <= length) {
            long three = (long) key.charAt(at) << 32 | (long) key.charAt(at + 1) << 16 | key.charAt(at + 2);
            first = next(first, highPoint, three);
            second = next(second, lowPoint, three);
            at += CHARS;
        }
        long rest = 0;
        while (at < length) {
            rest = rest << 16 | key.charAt(at++);
        }
        high = next(first, highPoint, rest);
        low = next(second, lowPoint, rest);
    }

    /** {@code so far * point + more}, modulo the prime. */
    private static long next(long soFar, long point, long more) {
        long upper = Math.multiplyHigh(soFar, point);
        long lower = soFar * point;
        long sum = (lower & PRIME) + (lower >>> 61 | upper << 3) + more;
        sum = (sum & PRIME) + (sum >>> 61);
        return sum >= PRIME ? sum - PRIME : sum;
    }

    /** Of the key that was last worked out. */
    public long high() {
        return high;
    }

    /** Of the key that was last worked out. */
    public long low() {
        return low;
    }
}
