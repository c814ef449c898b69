package io.leat.format.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import io.leat.core.delivery.Secret;
import io.leat.core.delivery.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The verifiers here are foreign: the Standard Webhooks library, and RFC 8032's key pair. */
class WebhookHeadersTest {

    private static final byte[] BODY = "{\"type\":\"change.new\",\"data\":{\"ü\":1}}".getBytes(StandardCharsets.UTF_8);
    private static final String ONE =
            WebhookSecret.generate(new SplittableRandom(1)).text();
    private static final String TWO =
            WebhookSecret.generate(new SplittableRandom(2)).text();

    @Test
    void theOfficialLibraryAcceptsEveryDelivery() throws Exception {
        verify(ONE, headers(System.currentTimeMillis(), SigningKey.of(ONE)));
    }

    @Test
    void whileAKeyIsChangedTheOldAndTheNewOneBothVerify() throws Exception {
        long now = System.currentTimeMillis();
        Map<String, String> headers = headers(now, SigningKey.of(TWO), new SigningKey(new Secret(ONE), now + 1));
        verify(ONE, headers);
        verify(TWO, headers);
    }

    @Test
    void anEndedKeySignsNoMore() {
        long now = System.currentTimeMillis();
        Map<String, String> headers = headers(now, SigningKey.of(TWO), new SigningKey(new Secret(ONE), now));
        assertThatThrownBy(() -> verify(ONE, headers)).hasMessageContaining("ignature");
        assertThatCode(() -> verify(TWO, headers)).doesNotThrowAnyException();
    }

    @Test
    void aChangedBodyIsFoundOut() {
        Map<String, String> headers = headers(System.currentTimeMillis(), SigningKey.of(ONE));
        headers.put("webhook-id", "other");
        assertThatThrownBy(() -> verify(ONE, headers)).hasMessageContaining("ignature");
    }

    @Test
    void anEd25519SignatureVerifiesWithThePublicKeyOfItsStandard() throws Exception {
        HexFormat hex = HexFormat.of(); // RFC 8032, 7.1, test 2
        byte[] seed = hex.parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        byte[] point = hex.parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        String secret = "whsk_" + Base64.getEncoder().encodeToString(seed);
        Map<String, String> headers = headers(1_700_000_000_123L, SigningKey.of(secret));

        assertThat(headers.get("webhook-signature")).startsWith("v1a,");
        byte[] x509 = new byte[44];
        System.arraycopy(hex.parseHex("302a300506032b6570032100"), 0, x509, 0, 12);
        System.arraycopy(point, 0, x509, 12, 32);
        PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update("an-id.1700000000.".getBytes(StandardCharsets.UTF_8));
        verifier.update(BODY);
        assertThat(verifier.verify(Base64.getDecoder()
                        .decode(headers.get("webhook-signature").substring("v1a,".length()))))
                .isTrue();
    }

    @Test
    void aSecretIsNeverShown() {
        assertThat(SigningKey.of(ONE).toString() + WebhookSecret.parse(new Secret(ONE)))
                .doesNotContain(ONE.substring(8, 20))
                .contains("***");
        assertThatThrownBy(() -> WebhookSecret.parse(new Secret("whsec_dG9vIHNob3J0")))
                .hasMessageNotContaining("dG9v");
    }

    @Test
    void aSealedSecretOpensForItsOwnerAndKeyOnly() {
        SecretBox box = new SecretBox(new byte[32], new SplittableRandom(3));
        String sealed = box.seal(new Secret(ONE), "client");
        assertThat(box.open(sealed, "client").text()).isEqualTo(ONE);
        assertThat(sealed).isNotEqualTo(box.seal(new Secret(ONE), "client"));
        assertThatThrownBy(() -> box.open(sealed, "another")).hasMessageContaining("another key");
        byte[] key = new byte[32];
        key[0] = 1;
        assertThatThrownBy(() -> new SecretBox(key, new SplittableRandom(3)).open(sealed, "client"))
                .hasMessageContaining("another key");
    }

    private static Map<String, String> headers(long now, SigningKey... keys) {
        return WebhookHeaders.of("an-id", now, BODY, WebhookHeaders.Signer.of(List.of(keys)));
    }

    private static void verify(String secret, Map<String, String> headers) throws Exception {
        new Webhook(secret)
                .verify(
                        new String(BODY, StandardCharsets.UTF_8),
                        headers.entrySet().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue()))));
    }
}
