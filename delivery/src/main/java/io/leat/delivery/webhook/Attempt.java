package io.leat.delivery.webhook;

import io.leat.delivery.guard.Guard;
import io.leat.delivery.lane.Outcome;
import io.leat.delivery.lane.Outcome.Fault;
import io.leat.format.webhook.WebhookUrl;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One attempt. The status line decides; what follows it is read away within limits, for the connection's sake and to be
 * looked at. All but {@link #begin} happens on the event loop.
 */
final class Attempt {

    private static final int BODY_BYTES = 16 << 10;
    private static final long BODY_MILLIS = 2_000;

    private final HttpClient client;
    private final Context context;
    private final InstantSource clock;
    private final WebhookUrl url;
    private final Map<String, String> headers;
    private final byte[] body;
    private final SeenAnswer seen;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private @Nullable HttpClientRequest request;
    private long bodyRead;

    Attempt(
            HttpClient client,
            Context context,
            InstantSource clock,
            WebhookUrl url,
            Map<String, String> headers,
            byte[] body,
            SeenAnswer seen) {
        this.client = client;
        this.context = context;
        this.clock = clock;
        this.url = url;
        this.headers = headers;
        this.body = body;
        this.seen = seen;
    }

    CompletionStage<Outcome> outcome() {
        return outcome;
    }

    void begin(Guard guard, Duration timeout) {
        context.runOnContext(go -> {
            long timer =
                    context.owner().setTimer(timeout.toMillis(), late -> end(new Outcome.Failed(Fault.TIMEOUT, "")));
            outcome().whenComplete((any, none) -> context.owner().cancelTimer(timer));
            guard.check(url)
                    .whenComplete((addresses, failure) -> context.runOnContext(checked -> {
                        if (failure != null) {
                            end(Faults.of(failure));
                        } else if (!outcome.isDone()) {
                            connect(addresses);
                        }
                    }));
        });
    }

    private void connect(List<InetAddress> addresses) {
        InetAddress address = addresses.get(ThreadLocalRandom.current().nextInt(addresses.size()));
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(url.port(), address.getHostAddress()))
                .setHost(url.host())
                .setPort(url.port())
                .setSsl(url.tls())
                .setURI(url.target());
        headers.forEach(options::putHeader);
        client.request(options).onSuccess(this::send).onFailure(failure -> end(Faults.of(failure)));
    }

    private void send(HttpClientRequest opened) {
        if (outcome.isDone()) {
            opened.reset();
            return;
        }
        request = opened;
        opened.send(Buffer.buffer(body)).onSuccess(this::answered).onFailure(failure -> end(Faults.of(failure)));
    }

    private void answered(HttpClientResponse response) {
        long wish = RetryAfter.millis(response.getHeader("Retry-After"), clock.millis());
        long timer = context.owner().setTimer(BODY_MILLIS, late -> reset());
        seen.begins(response.getHeader("Content-Type"));
        response.handler(part -> {
            seen.comes(part);
            bodyRead += part.length();
            if (bodyRead > BODY_BYTES) {
                reset();
            }
        });
        response.end().onComplete(done -> context.owner().cancelTimer(timer));
        outcome.complete(new Outcome.Answered(response.statusCode(), wish));
    }

    private void end(Outcome what) {
        if (outcome.complete(what)) {
            reset();
        }
    }

    private void reset() {
        if (request != null) {
            request.reset();
        }
    }
}
