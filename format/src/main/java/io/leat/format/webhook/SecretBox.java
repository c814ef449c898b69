package io.leat.format.webhook;

import io.leat.core.delivery.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts secrets that have to be stored where others may read: AES-256-GCM. Thread-safe if its generator is. */
public final class SecretBox {

    /** The length of a key. */
    public static final int KEY_BYTES = 32;

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final RandomGenerator random;

    /**
     * A box.
     *
     * @param key {@link #KEY_BYTES} bytes
     * @param random for nonces; cryptographically strong
     */
    public SecretBox(byte[] key, RandomGenerator random) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has 32 bytes");
        }
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    /**
     * Encrypts a secret.
     *
     * @param owner whose it is: it opens for no one else
     */
    public String seal(Secret secret, String owner) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, owner, secret.text().getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(nonce.length + sealed.length)
                        .put(nonce)
                        .put(sealed)
                        .array());
    }

    /**
     * Decrypts what {@link #seal} made.
     *
     * @throws IllegalArgumentException if it was sealed with another key or for another owner
     */
    public Secret open(String sealed, String owner) {
        byte[] bytes = Base64.getDecoder().decode(sealed);
        if (bytes.length < NONCE_BYTES) {
            throw new IllegalArgumentException("this is no sealed secret");
        }
        byte[] nonce = java.util.Arrays.copyOf(bytes, NONCE_BYTES);
        byte[] rest = java.util.Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length);
        return new Secret(new String(run(Cipher.DECRYPT_MODE, nonce, owner, rest), StandardCharsets.UTF_8));
    }

    private byte[] run(int mode, byte[] nonce, String owner, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the secret was sealed with another key", e);
        }
    }
}
