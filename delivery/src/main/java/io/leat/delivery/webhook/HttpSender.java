package io.leat.delivery.webhook;

import io.leat.delivery.guard.Guard;
import io.leat.delivery.lane.Outcome;
import io.leat.format.webhook.WebhookUrl;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts deliveries: only to addresses the guard has checked, without following redirects, and each within one deadline
 * from look-up to answer. Thread-safe; outcomes come on an event loop.
 */
public final class HttpSender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpSender.class);
    private static final int HEADER_BYTES = 16 << 10;
    private static final int FIRST_LINE_BYTES = 4 << 10;
    /** Far above what lanes allow themselves: clients behind one address must not wait for each other here. */
    private static final int CONNECTIONS_PER_RECEIVER = 8_192;

    private static final int WAITING_PER_RECEIVER = 10_000;
    private static final int CONNECT_MILLIS = 5_000;
    /** Shorter than what common servers keep, so that it is not them who close. */
    private static final int KEEP_ALIVE_SECONDS = 4;

    private final HttpClientAgent client;
    private final Context context;
    private final Guard guard;
    private final InstantSource clock;

    public HttpSender(Vertx vertx, Guard guard, InstantSource clock) {
        this.guard = guard;
        this.clock = clock;
        this.context = vertx.getOrCreateContext();
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_1_1)
                        .setMaxHeaderSize(HEADER_BYTES)
                        .setMaxInitialLineLength(FIRST_LINE_BYTES)
                        .setDecompressionSupported(false)
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setTcpNoDelay(true)
                        .setVerifyHost(true))
                .with(new PoolOptions()
                        .setHttp1MaxSize(CONNECTIONS_PER_RECEIVER)
                        .setMaxWaitQueueSize(WAITING_PER_RECEIVER))
                .withConnectHandler(HttpSender::watch)
                .build();
    }

    /** The client's library hands informational answers out as final ones: it must not see them. */
    private static void watch(HttpConnection connection) {
        ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
        connection.exceptionHandler(known -> LOG.debug("A connection has ended", known));
        pipeline.addAfter(pipeline.context(HttpClientCodec.class).name(), "one-answer", new OneAnswer());
    }

    /** Posts a body. Never fails: what goes wrong is an outcome. */
    public CompletionStage<Outcome> post(WebhookUrl url, Map<String, String> headers, byte[] body, Duration timeout) {
        return post(url, headers, body, timeout, new SeenAnswer());
    }

    /** The same; what the receiver writes below its status line is put where it can be seen. */
    public CompletionStage<Outcome> post(
            WebhookUrl url, Map<String, String> headers, byte[] body, Duration timeout, SeenAnswer seen) {
        Attempt attempt = new Attempt(client, context, clock, url, headers, body, seen);
        attempt.begin(guard, timeout);
        return attempt.outcome();
    }

    @Override
    public void close() {
        client.close();
    }
}
