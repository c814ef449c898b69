package io.leat.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.core.delivery.SigningKey;
import io.leat.format.webhook.WebhookHeaders;
import io.leat.format.webhook.WebhookSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The Standard Webhooks library for JavaScript verifies what we sign; {@code npm install} in src/test/js brings it. */
class JavaScriptVerifiesIT {

    private static final Path SCRIPTS = Path.of("src", "test", "js");

    @TempDir
    private Path dir;

    @Test
    void symmetricSignaturesOfBothKeysWhileOneReplacesTheOther() throws Exception {
        String old = WebhookSecret.generate(new SecureRandom()).text();
        String now = WebhookSecret.generate(new SecureRandom()).text();
        List<String> deliveries = deliveries(SigningKey.of(now), SigningKey.of(old));
        assertThat(verify(old, deliveries)).isEqualTo("VERIFIED 200 BAD 0");
        assertThat(verify(now, deliveries)).isEqualTo("VERIFIED 200 BAD 0");
        String other = WebhookSecret.generate(new SecureRandom()).text();
        assertThat(verify(other, deliveries)).as("the verifier sees").isEqualTo("VERIFIED 0 BAD 200");
    }

    @Test
    void ed25519Signatures() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----\n";
        List<String> deliveries =
                deliveries(SigningKey.of("whsk_" + Base64.getEncoder().encodeToString(seed)));
        assertThat(verify(pem, deliveries)).isEqualTo("VERIFIED 200 BAD 0");
    }

    private static List<String> deliveries(SigningKey... keys) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String body = "{\"type\":\"change.new\",\"data\":{\"n\":" + i + ",\"t\":\"ü☃\"}}";
            Map<String, String> headers = WebhookHeaders.of(
                    "id" + i,
                    System.currentTimeMillis(),
                    body.getBytes(StandardCharsets.UTF_8),
                    WebhookHeaders.Signer.of(List.of(keys)));
            lines.add(new JsonMapper().writeValueAsString(Map.of("headers", headers, "body", body)));
        }
        return lines;
    }

    private String verify(String key, List<String> deliveries) throws IOException, InterruptedException {
        boolean installed = Files.isDirectory(SCRIPTS.resolve("node_modules").resolve("standardwebhooks"));
        if (!installed) {
            System.out.println("SKIPPED JavaScript verifies: run 'npm install' in app/src/test/js");
        }
        assumeTrue(installed);
        Path in = Files.write(dir.resolve("deliveries.jsonl"), deliveries);
        Path out = dir.resolve("verified.txt");
        Process node = new ProcessBuilder("node", SCRIPTS.resolve("verify.mjs").toString(), key)
                .redirectInput(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(out).trim();
    }
}
