package io.leat.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Stands for a text in 128 bits: the first half of its SHA-256. */
public record Fingerprint(long hi, long lo) {

    private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(() -> {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    });

    /** The fingerprint of a text. */
    public static Fingerprint of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The fingerprint of several facts together. */
    static Fingerprint of(long... facts) {
        ByteBuffer bytes = ByteBuffer.allocate(facts.length * Long.BYTES);
        for (long fact : facts) {
            bytes.putLong(fact);
        }
        return of(bytes.array());
    }

    private static Fingerprint of(byte[] bytes) {
        ByteBuffer digest = ByteBuffer.wrap(SHA256.get().digest(bytes));
        return new Fingerprint(digest.getLong(), digest.getLong());
    }
}
