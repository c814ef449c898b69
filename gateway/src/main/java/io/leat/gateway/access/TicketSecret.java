package io.leat.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What tickets are signed with: gateways that have the same take each other's. Thread-safe. */
public final class TicketSecret {

    private static final String HMAC = "HmacSHA256";
    private static final int BYTES = 32;

    private final byte[] key;

    private TicketSecret(byte[] key) {
        this.key = key;
    }

    /** One of this process alone. */
    public static TicketSecret drawn(RandomGenerator random) {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        return new TicketSecret(key);
    }

    /** The same wherever the same bytes are at hand; whoever sees a ticket learns nothing of them. */
    public static TicketSecret of(byte[] shared) {
        return new TicketSecret(sign(shared, "leat tickets"));
    }

    String signature(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sign(key, text));
    }

    boolean isOf(String text, String signature) {
        return MessageDigest.isEqual(
                signature(text).getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] sign(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC", e);
        }
    }
}
