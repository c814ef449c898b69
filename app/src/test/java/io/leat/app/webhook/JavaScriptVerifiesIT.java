package io.leat.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.core.delivery.SigningKey;
import io.leat.format.webhook.WebhookHeaders;
import io.leat.format.webhook.WebhookSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Standard Webhooks library for JavaScript verifies what we sign; {@code npm install} in src/test/js brings it. */
class JavaScriptVerifiesIT {

    @TempDir
    private Path dir;

    @Test
    void symmetricSignaturesOfBothKeysWhileOneReplacesTheOther() throws Exception {
        String old = WebhookSecret.generate(new SecureRandom()).text();
        String now = WebhookSecret.generate(new SecureRandom()).text();
        List<Delivery> deliveries = deliveries(SigningKey.of(now), SigningKey.of(old));
        assertThat(verify(old, deliveries)).isEqualTo("VERIFIED 200 BAD 0");
        assertThat(verify(now, deliveries)).isEqualTo("VERIFIED 200 BAD 0");
        String other = WebhookSecret.generate(new SecureRandom()).text();
        assertThat(verify(other, deliveries)).as("the verifier sees").isEqualTo("VERIFIED 0 BAD 200");
        List<Delivery> altered = deliveries.stream()
                .map(delivery ->
                        new Delivery(delivery.headers(), delivery.body().replace("\"n\":7", "\"n\":8")))
                .toList();
        assertThat(verify(now, altered)).as("it sees altered bodies").isEqualTo("VERIFIED 189 BAD 11");
    }

    @Test
    void ed25519Signatures() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----\n";
        List<Delivery> deliveries =
                deliveries(SigningKey.of("whsk_" + Base64.getEncoder().encodeToString(seed)));
        assertThat(verify(pem, deliveries)).isEqualTo("VERIFIED 200 BAD 0");
    }

    private static List<Delivery> deliveries(SigningKey... keys) {
        List<Delivery> lines = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String body = "{\"type\":\"change.new\",\"data\":{\"n\":" + i + ",\"t\":\"ü☃\"}}";
            Map<String, String> headers = WebhookHeaders.of(
                    "id" + i,
                    System.currentTimeMillis(),
                    body.getBytes(StandardCharsets.UTF_8),
                    WebhookHeaders.Signer.of(List.of(keys)));
            lines.add(new Delivery(headers, body));
        }
        return lines;
    }

    private String verify(String key, List<Delivery> deliveries) throws IOException, InterruptedException {
        assumeTrue(JavaScriptVerifier.isInstalled());
        try (JavaScriptVerifier verifier = new JavaScriptVerifier(key, dir.resolve("verified.txt"))) {
            deliveries.forEach(delivery -> verifier.see(delivery.headers(), delivery.body()));
            return verifier.verdict();
        }
    }

    private record Delivery(Map<String, String> headers, String body) {}
}
