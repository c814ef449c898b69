package io.leat.app.webhook;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Standard Webhooks library for JavaScript, in a process of its own, which verifies deliveries while they come; {@code
 * npm install} in src/test/js brings it.
 */
final class JavaScriptVerifier implements AutoCloseable {

    private static final Path SCRIPTS = Path.of("src", "test", "js");
    private static final JsonMapper JSON = new JsonMapper();

    private final Process node;
    private final Writer deliveries;
    private final Path said;

    /**
     * A verifier.
     *
     * @param key the secret, or a public key as PEM
     * @param said where its verdict goes
     */
    JavaScriptVerifier(String key, Path said) {
        this.said = said;
        try {
            node = new ProcessBuilder("node", SCRIPTS.resolve("verify.mjs").toString(), key)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        deliveries = new BufferedWriter(node.outputWriter(StandardCharsets.UTF_8));
    }

    /** Whether it is there; if not, says so. */
    static boolean isInstalled() {
        boolean installed = Files.isDirectory(SCRIPTS.resolve("node_modules").resolve("standardwebhooks"));
        if (!installed) {
            System.out.println("SKIPPED JavaScript verifies: run 'npm install' in app/src/test/js");
        }
        return installed;
    }

    synchronized void see(Map<String, String> headers, String body) {
        try {
            deliveries.write(JSON.writeValueAsString(Map.of("headers", headers, "body", body)) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its verdict on all that it was shown: {@code VERIFIED n BAD m}. */
    synchronized String verdict() throws IOException, InterruptedException {
        deliveries.close();
        if (!node.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("node does not end");
        }
        return Files.readString(said).trim();
    }

    @Override
    public void close() {
        node.destroyForcibly();
    }
}
