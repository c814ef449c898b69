package io.leat.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/**
 * Certificate and key, as PEM files.
 *
 * @param certificate the chain
 * @param key the private key
 */
public record Tls(Path certificate, Path key) {

    private static final String UNREADABLE = "The files are no PEM of a certificate and its key, RSA or EC.";
    private static final byte[] PROBE = "whoever has the key can sign this".getBytes(StandardCharsets.US_ASCII);

    /** The kinds of key that can be read, and how one signs with them. */
    private static final Map<String, String> SIGNING = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

    PemKeyCertOptions files() {
        return new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString());
    }

    /**
     * Looks at both before anybody is served with them.
     *
     * @throws GeneralSecurityException with a sentence, if they cannot be read or do not belong together: then every
     *     handshake would fail
     */
    public void mustFit(Vertx vertx) throws GeneralSecurityException {
        KeyManagerFactory read;
        try {
            read = files().getKeyManagerFactory(vertx);
        } catch (Exception e) {
            throw new GeneralSecurityException(UNREADABLE, e);
        }
        if (!(read.getKeyManagers()[0] instanceof X509KeyManager pair)) {
            throw new GeneralSecurityException(UNREADABLE);
        }
        for (String type : SIGNING.keySet()) {
            String[] names = pair.getServerAliases(type, null);
            if (names != null && fit(pair.getPrivateKey(names[0]), pair.getCertificateChain(names[0])[0], type)) {
                return;
            }
        }
        throw new GeneralSecurityException("The key is not the one of the certificate.");
    }

    private static boolean fit(PrivateKey secret, X509Certificate certificate, String type)
            throws GeneralSecurityException {
        if (!secret.getAlgorithm().equals(type)) {
            return false;
        }
        Signature signing = Signature.getInstance(SIGNING.get(type));
        signing.initSign(secret);
        signing.update(PROBE);
        byte[] signature = signing.sign();
        signing.initVerify(certificate.getPublicKey());
        signing.update(PROBE);
        return signing.verify(signature);
    }
}
