package io.leat.gateway.log;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Half of a key's SHA-256: as good as the key, and small. */
record KeyPrint(long high, long low) {

    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(KeyPrint::sha256);

    static KeyPrint of(byte[] key) {
        ByteBuffer hash = ByteBuffer.wrap(DIGEST.get().digest(key));
        return new KeyPrint(hash.getLong(), hash.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
