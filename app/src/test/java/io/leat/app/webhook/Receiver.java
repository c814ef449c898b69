package io.leat.app.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client's server on loopback: verifies with the official library, remembers what it took, answers as it is told. */
final class Receiver implements AutoCloseable {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Behaviour behaviour;
    private final Witness witness;
    private final List<Taken> taken = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private int attempts;
    private int open;
    private int badSignatures;
    private int zipped;
    private int largest;
    private volatile String secret = SECRET;

    /** Answers an attempt: the status, or 0 for having done it all itself. */
    interface Behaviour {
        int answer(HttpExchange exchange, int attempt) throws IOException;
    }

    /** Sees every attempt as it came: its headers, lower case, and its body. */
    interface Witness {
        void see(Map<String, String> headers, String body);
    }

    /** A change that was answered with 200. */
    record Taken(String id, String key, long seq, long atNanos) {}

    Receiver(Behaviour behaviour) {
        this(behaviour, (headers, body) -> {});
    }

    Receiver(Behaviour behaviour, Witness witness) {
        this.behaviour = behaviour;
        this.witness = witness;
        try {
            server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    private void handle(HttpExchange exchange) throws IOException {
        synchronized (this) {
            open++;
        }
        try {
            answer(exchange);
        } finally {
            synchronized (this) {
                open--;
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(" ", values)));
        boolean signed = isSigned(headers, sent);
        String body =
                new String("gzip".equals(headers.get("content-encoding")) ? unzip(sent) : sent, StandardCharsets.UTF_8);
        int number;
        synchronized (this) {
            number = ++attempts;
            badSignatures += signed ? 0 : 1;
            zipped += "gzip".equals(headers.get("content-encoding")) ? 1 : 0;
        }
        witness.see(headers, body);
        int status = behaviour.answer(exchange, number);
        if (status == 0) {
            return;
        }
        if (status == 200) {
            take(body);
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** The signature is over the bytes as sent; the library takes them as text, so compressed ones are checked by hand. */
    private boolean isSigned(Map<String, String> headers, byte[] sent) {
        Map<String, List<String>> given = new HashMap<>();
        headers.forEach((name, value) -> given.put(name, List.of(value)));
        try {
            if ("gzip".equals(headers.get("content-encoding"))) {
                return isSignedByHand(headers, sent);
            }
            new Webhook(secret).verify(new String(sent, StandardCharsets.UTF_8), given);
            return true;
        } catch (WebhookVerificationException | com.standardwebhooks.exceptions.EmptyWebhookSecretException e) {
            return false;
        }
    }

    private boolean isSignedByHand(Map<String, String> headers, byte[] sent) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            mac.update((headers.get("webhook-id") + "." + headers.get("webhook-timestamp") + ".")
                    .getBytes(StandardCharsets.UTF_8));
            String signature = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(sent));
            return List.of(headers.get("webhook-signature").split(" ")).contains(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] unzip(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }

    private void take(String body) {
        JsonNode data = JSON.readTree(body).required("data");
        if (data.has("subscription")) {
            return; // a test event is no change
        }
        long now = System.nanoTime();
        synchronized (this) {
            largest = Math.max(largest, data.isArray() ? data.size() : 1);
            for (JsonNode change : data.isArray() ? data.values() : List.of(data)) {
                ids.add(change.required("id").stringValue());
                taken.add(new Taken(
                        change.required("id").stringValue(),
                        change.required("key").toString(),
                        change.required("seq").longValue(),
                        now));
            }
        }
    }

    /** Waits until no attempt is being answered: what a dead gateway sent is then taken or not. */
    void awaitQuiet() {
        Awaitility.await().until(() -> {
            synchronized (this) {
                return open == 0;
            }
        });
    }

    synchronized int attempts() {
        return attempts;
    }

    synchronized int badSignatures() {
        return badSignatures;
    }

    synchronized List<Taken> taken() {
        return List.copyOf(taken);
    }

    synchronized int distinct() {
        return ids.size();
    }

    /** How many attempts came compressed. */
    synchronized int zipped() {
        return zipped;
    }

    /** The most changes in one delivery. */
    synchronized int largest() {
        return largest;
    }

    /** Verifies with another secret from now on. */
    void expect(String newSecret) {
        secret = newSecret;
    }

    /** How often a key went back: a repeat of its newest change does not count. */
    int disorder() {
        return DeliveryCheck.disorder(taken());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
