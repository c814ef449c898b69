package io.leat.gateway.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path dir;

    private static Vertx vertx;

    @BeforeAll
    static void draw() throws Exception {
        vertx = Vertx.vertx();
        pair("one", "RSA");
        pair("other", "RSA");
        pair("curve", "EC");
    }

    @AfterAll
    static void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void aCertificateAndItsKeyFit() {
        for (String name : List.of("one", "other", "curve")) {
            assertThatCode(() -> tls(name, name).mustFit(vertx)).as(name).doesNotThrowAnyException();
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsRefusedBeforeAnybodyMeetsIt() {
        for (List<String> pair : List.of(List.of("one", "other"), List.of("other", "one"))) {
            assertThatThrownBy(() -> tls(pair.get(0), pair.get(1)).mustFit(vertx))
                    .as(pair.toString())
                    .isInstanceOf(GeneralSecurityException.class)
                    .hasMessageContaining("The key is not the one of the certificate.");
        }
    }

    @Test
    void aKeyOfAnotherKindIsRefusedToo() {
        for (Tls tls : List.of(tls("one", "curve"), tls("curve", "one"))) {
            assertThatThrownBy(() -> tls.mustFit(vertx)).isInstanceOf(GeneralSecurityException.class);
        }
    }

    @Test
    void whatIsNoPemIsRefusedWithoutQuotingIt() throws Exception {
        Path broken = Files.writeString(dir.resolve("broken.pem"), "canary");
        for (Tls tls : List.of(
                new Tls(broken, broken),
                new Tls(dir.resolve("one.crt"), broken),
                new Tls(broken, dir.resolve("one.key")),
                new Tls(dir.resolve("gone.crt"), dir.resolve("one.key")))) {
            assertThatThrownBy(() -> tls.mustFit(vertx))
                    .isInstanceOf(GeneralSecurityException.class)
                    .hasMessageContaining("no PEM")
                    .hasMessageNotContaining("canary");
        }
    }

    private static Tls tls(String certificate, String key) {
        return new Tls(dir.resolve(certificate + ".crt"), dir.resolve(key + ".key"));
    }

    private static void pair(String name, String algorithm) throws Exception {
        Path store = dir.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "it",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        pem(name + ".crt", "CERTIFICATE", keys.getCertificate("it").getEncoded());
        pem(
                name + ".key",
                "PRIVATE KEY",
                keys.getKey("it", PASSWORD.toCharArray()).getEncoded());
    }

    private static void pem(String name, String what, byte[] bytes) throws Exception {
        Files.writeString(
                dir.resolve(name),
                "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + what
                        + "-----\n");
    }
}
