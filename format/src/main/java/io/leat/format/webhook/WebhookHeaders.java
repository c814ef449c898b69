package io.leat.format.webhook;

import io.leat.core.delivery.SigningKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The headers of Standard Webhooks 1.0. */
public final class WebhookHeaders {

    private WebhookHeaders() {}

    /**
     * A key that is ready to sign.
     *
     * @param untilMillis when it stops being used
     */
    public record Signer(WebhookSecret secret, long untilMillis) {

        /** The keys of a subscription. */
        public static List<Signer> of(List<SigningKey> keys) {
            return keys.stream()
                    .map(key -> new Signer(WebhookSecret.parse(key.secret()), key.untilMillis()))
                    .toList();
        }
    }

    /**
     * Signs a delivery with every key in force.
     *
     * @param id the same for every attempt; without a dot
     * @param nowMillis the moment of this attempt
     * @param body as it is sent
     */
    public static Map<String, String> of(String id, long nowMillis, byte[] body, List<Signer> signers) {
        long seconds = Math.floorDiv(nowMillis, 1000);
        ByteArrayOutputStream content = new ByteArrayOutputStream(body.length + 64);
        content.writeBytes((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
        content.writeBytes(body);
        byte[] signed = content.toByteArray();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(seconds));
        headers.put(
                "webhook-signature",
                signers.stream()
                        .filter(signer -> nowMillis < signer.untilMillis())
                        .map(signer -> signer.secret().sign(signed))
                        .collect(Collectors.joining(" ")));
        return headers;
    }
}
