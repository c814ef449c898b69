package io.leat.delivery;

import io.leat.core.delivery.Subscription;
import io.leat.delivery.lane.LogEntry;
import io.leat.delivery.lane.Send;
import io.leat.format.ChangeJson;
import io.leat.format.Traceparent;
import io.leat.format.webhook.WebhookBody;
import io.leat.format.webhook.WebhookHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is posted.
 *
 * @param id the same for every attempt of the same changes
 * @param body as it is sent and signed
 * @param trace the trace of its one change; {@code null} for none, and for several
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
record Letter(String id, byte[] body, boolean gzip, @Nullable String trace) {

    private static final String AGENT = "leat-webhooks";

    static Letter of(Send send, Subscription subscription, boolean batch) {
        List<LogEntry> entries = send.entries();
        List<byte[]> changes =
                entries.stream().map(entry -> change(entry, subscription)).toList();
        LogEntry last = entries.get(entries.size() - 1);
        byte[] body = batch
                ? WebhookBody.batch(changes, last.time())
                : WebhookBody.single(changes.get(0), last.op(), last.time());
        String id = entries.size() == 1
                ? last.id()
                : WebhookBody.batchId(entries.stream().map(LogEntry::id).toList());
        return new Letter(
                id,
                subscription.webhook().gzip() ? WebhookBody.gzip(body) : body,
                subscription.webhook().gzip(),
                entries.size() == 1 ? last.trace() : null);
    }

    /** The same, from another place in its trace. */
    Letter from(String traceparent) {
        return new Letter(id, body, gzip, traceparent);
    }

    private static byte[] change(LogEntry entry, Subscription subscription) {
        return subscription.fields().isEmpty()
                ? entry.value()
                : WebhookBody.select(ChangeJson.tree(entry.value()), subscription.fields());
    }

    Map<String, String> headers(long nowMillis, List<WebhookHeaders.Signer> signers) {
        Map<String, String> headers = new LinkedHashMap<>(WebhookHeaders.of(id, nowMillis, body, signers));
        headers.put("content-type", "application/json");
        headers.put("user-agent", AGENT);
        if (gzip) {
            headers.put("content-encoding", "gzip");
        }
        if (trace != null) {
            headers.put(Traceparent.HEADER, trace);
        }
        return headers;
    }
}
