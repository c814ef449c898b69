package io.leat.delivery;

import io.leat.delivery.lane.Outcome;
import io.leat.delivery.webhook.SeenAnswer;
import io.leat.format.webhook.WebhookUrl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An attempt as it went over the wire, for people: what was posted and what came back, each cut short. Signatures and the path
 * of the address are never in it, not even where a receiver repeats them.
 */
@SuppressWarnings("ArrayRecordComponent") // bytes to look at, never compared
record Exchange(
        long atMillis,
        String id,
        int attempt,
        WebhookUrl url,
        Map<String, String> headers,
        byte[] body,
        int bodyBytes,
        Outcome outcome,
        SeenAnswer answer,
        long tookMillis) {

    static final int MOST_BYTES = 4_096;
    private static final Set<String> SECRET = Set.of("webhook-signature", "authorization", "cookie");
    private static final int SHORTEST_SECRET = 6;
    private static final String HIDDEN = "…";

    Exchange {
        body = Arrays.copyOf(body, Math.min(body.length, MOST_BYTES));
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("at", Instant.ofEpochMilli(atMillis).toString());
        json.put("webhook_id", id);
        json.put("attempt", attempt);
        json.put("to", url.toString());
        json.put("took_ms", tookMillis);
        ObjectNode request = json.putObject("request");
        ObjectNode shown = request.putObject("headers");
        headers.forEach((name, value) -> shown.put(name, SECRET.contains(name) ? HIDDEN : value));
        request.put("bytes", bodyBytes);
        request.put("body", text());
        request.put("is_whole", bodyBytes <= MOST_BYTES);
        if (outcome instanceof Outcome.Answered answered) {
            ObjectNode back = json.putObject("answer");
            back.put("status", answered.status());
            back.put("type", answer.type());
            back.put("bytes", answer.bytes());
            back.put("body", withoutSecrets(answer.text()));
        } else {
            json.putNull("answer");
            json.put("error", OneOff.words(outcome));
        }
        return json;
    }

    private String text() {
        if (!headers.containsKey("content-encoding")) {
            return new String(body, StandardCharsets.UTF_8);
        }
        byte[] plain = new byte[MOST_BYTES];
        int length = 0;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            for (int read = 0; read >= 0 && length < MOST_BYTES; length += Math.max(0, read)) {
                read = in.read(plain, length, MOST_BYTES - length);
            }
        } catch (IOException cut) {
            // what was kept ends in the middle: what could be read of it is shown
        }
        return new String(plain, 0, length, StandardCharsets.UTF_8);
    }

    /** The path and the query of an address may be what makes it secret, and error pages like to repeat them. */
    private String withoutSecrets(String text) {
        String clean = text;
        for (String secret : Stream.concat(
                        Stream.of(url.target(), headers.getOrDefault("webhook-signature", "")),
                        Stream.concat(
                                Arrays.stream(url.target().split("[/?&=]")),
                                Arrays.stream(headers.getOrDefault("webhook-signature", "")
                                        .split(" "))))
                .filter(each -> each.length() >= SHORTEST_SECRET)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            clean = clean.replace(secret, HIDDEN);
        }
        return clean;
    }
}
