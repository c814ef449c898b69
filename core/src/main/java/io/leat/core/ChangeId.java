package io.leat.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Names that follow from content alone.
 *
 * <p>A change's id is the first 130 bits of SHA-256 over feed, key, event time, tie and op, as 26 characters of base 32
 * (RFC 4648, lower case): the same after every replay, re-post, restart and re-creation of a topic. Where the record
 * stands and when it was told are not part of it.
 */
public final class ChangeId {

    private static final int LENGTH = 26;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    /** Each thread's own. */
    private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(ChangeId::newDigest);

    private ChangeId() {}

    /** The id of a change of a key that was never reset. */
    public static String of(String feed, String key, long eventTime, long tie, Op op) {
        return of(feed, key, eventTime, tie, op, null);
    }

    /**
     * The id of a change.
     *
     * @param floor the key's last reset, {@code null} if there was none: after it the same scrape may be told again
     */
    public static String of(String feed, String key, long eventTime, long tie, Op op, @Nullable Floor floor) {
        String what = floor == null ? op.word() : op.word() + "@" + floor.partition() + "-" + floor.offset();
        return of(feed, key, eventTime, tie, what);
    }

    /** The id of a held item. */
    public static String held(String feed, String key, long eventTime, long tie) {
        return of(feed, key, eventTime, tie, "held");
    }

    private static String of(String feed, String key, long eventTime, long tie, String what) {
        MessageDigest digest = sha256();
        part(digest, feed);
        part(digest, key);
        digest.update(bytes(eventTime));
        digest.update(bytes(tie));
        part(digest, what);
        return base32(digest.digest());
    }

    /** The order among items of one key and moment: the first 8 bytes of SHA-256 over the canonical body. */
    public static long tie(String body) {
        return tie(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** As {@link #tie(String)}, of a body in UTF-8. */
    public static long tie(ByteBuffer body) {
        MessageDigest digest = sha256();
        digest.update(body);
        byte[] hash = digest.digest();
        long tie = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            tie = tie << 8 | (hash[i] & 0xff);
        }
        return tie;
    }

    private static void part(MessageDigest digest, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        digest.update(bytes(utf8.length));
        digest.update(utf8);
    }

    private static byte[] bytes(long number) {
        byte[] bytes = new byte[Long.BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[i] = (byte) (number >>> (56 - 8 * i));
        }
        return bytes;
    }

    private static String base32(byte[] hash) {
        StringBuilder text = new StringBuilder(LENGTH);
        for (int bit = 0; text.length() < LENGTH; bit += 5) {
            int window = (hash[bit / 8] & 0xff) << 8 | (hash[bit / 8 + 1] & 0xff);
            text.append(ALPHABET.charAt(window >>> (11 - bit % 8) & 31));
        }
        return text.toString();
    }

    private static MessageDigest sha256() {
        MessageDigest digest = SHA256.get();
        digest.reset();
        return digest;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
