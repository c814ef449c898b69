package io.leat.format.webhook;

import io.leat.core.delivery.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key of Standard Webhooks that can sign. Thread-safe. */
public sealed interface WebhookSecret {

    /** Of a symmetric key. */
    String HMAC_PREFIX = "whsec_";
    /** Of a private ed25519 key. */
    String ED25519_PREFIX = "whsk_";

    /** The signature of these bytes with its scheme: {@code v1,…} or {@code v1a,…}. */
    String sign(byte[] content);

    /**
     * Reads {@code whsec_} or {@code whsk_} and base64.
     *
     * @throws IllegalArgumentException if it is neither; the message does not quote it
     */
    static WebhookSecret parse(Secret secret) {
        String text = secret.text();
        if (text.startsWith(HMAC_PREFIX)) {
            byte[] key = bytes(text.substring(HMAC_PREFIX.length()));
            if (key.length < 24 || key.length > 64) {
                throw new IllegalArgumentException("A symmetric secret has 24 to 64 bytes.");
            }
            return new Hmac(new SecretKeySpec(key, Hmac.ALGORITHM));
        }
        if (text.startsWith(ED25519_PREFIX)) {
            byte[] key = bytes(text.substring(ED25519_PREFIX.length()));
            if (key.length != 32 && key.length != 64) {
                throw new IllegalArgumentException("An ed25519 secret has 32 bytes, or 64 with its public key.");
            }
            return Ed25519.of(Arrays.copyOf(key, 32));
        }
        throw new IllegalArgumentException("A secret begins with whsec_ or whsk_.");
    }

    /** A new symmetric key of 32 bytes. */
    static Secret generate(RandomGenerator random) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return new Secret(HMAC_PREFIX + Base64.getEncoder().encodeToString(key));
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("After its prefix a secret is base64.", e);
        }
    }

    /** HMAC-SHA256. */
    record Hmac(SecretKeySpec key) implements WebhookSecret {
        private static final String ALGORITHM = "HmacSHA256";

        @Override
        public String sign(byte[] content) {
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(key);
                return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(content));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java has no " + ALGORITHM, e);
            }
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    /** ed25519. */
    record Ed25519(PrivateKey key) implements WebhookSecret {

        private static Ed25519 of(byte[] seed) {
            try {
                return new Ed25519(KeyFactory.getInstance("Ed25519")
                        .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("The ed25519 secret is no key.", e);
            }
        }

        @Override
        public String sign(byte[] content) {
            try {
                Signature signature = Signature.getInstance("Ed25519");
                signature.initSign(key);
                signature.update(content);
                return "v1a," + Base64.getEncoder().encodeToString(signature.sign());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java has no Ed25519", e);
            }
        }

        @Override
        public String toString() {
            return "***";
        }
    }
}
