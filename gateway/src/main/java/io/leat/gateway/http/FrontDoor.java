package io.leat.gateway.http;

import io.leat.gateway.http.HttpProblem.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: limits, strictness, and one form for every refusal. Thread-safe once it listens. */
public final class FrontDoor {

    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final int STRICT_CHUNK = 8 << 10;

    private final HttpServer server;
    private final Connections connections;

    private FrontDoor(HttpServer server, Connections connections) {
        this.server = server;
        this.connections = connections;
    }

    /** Starts to listen. Fails if the address is taken. */
    public static Future<FrontDoor> open(
            Vertx vertx, String host, int port, @Nullable Tls tls, Limits limits, List<Part> parts) {
        Router router = Router.router(vertx);
        Connections connections = new Connections(vertx, limits);
        router.route().handler(FrontDoor::admit);
        parts.forEach(part -> part.mount(router));
        for (int status : new int[] {400, 404, 405, 406, 413, 414, 415, 431, 500}) {
            router.errorHandler(status, context -> refused(context, Kind.of(status)));
        }
        HttpServer server = vertx.createHttpServer(options(tls, limits))
                .connectionHandler(connections::opened)
                .requestHandler(request -> {
                    connections.asked(request);
                    router.handle(request);
                });
        return server.listen(port, host).map(listening -> new FrontDoor(listening, connections));
    }

    private static HttpServerOptions options(@Nullable Tls tls, Limits limits) {
        HttpServerOptions options = new HttpServerOptions()
                .setMaxHeaderSize(Limits.HEADER_BYTES)
                .setMaxInitialLineLength(Limits.URI_BYTES)
                .setMaxChunkSize(STRICT_CHUNK)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(false)
                .setDecompressionSupported(false)
                .setHandle100ContinueAutomatically(false)
                .setIdleTimeout(Math.toIntExact(limits.keepAlive().toSeconds()))
                .setTcpNoDelay(true);
        if (tls != null) {
            options.setSsl(true)
                    .setUseAlpn(true)
                    .setSslHandshakeTimeout(limits.headerWithin().toSeconds())
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .setCertPath(tls.certificate().toString())
                            .setKeyPath(tls.key().toString()));
        }
        return options;
    }

    private static void admit(RoutingContext context) {
        context.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Content-Security-Policy", "default-src 'none'");
        if (!METHODS.contains(context.request().method().name())) {
            HttpProblem.of(Kind.WRONG_METHOD).answer(context.response());
        } else if (context.request().headers().size() > Limits.HEADERS) {
            HttpProblem.of(Kind.HEADERS_TOO_LARGE).answer(context.response());
        } else {
            context.next();
        }
    }

    private static void refused(RoutingContext context, Kind kind) {
        if (context.failure() != null && kind == Kind.FAULT) {
            LOG.error("A request failed", context.failure());
        }
        HttpProblem.of(kind).answer(context.response());
    }

    /** Where it listens. */
    public int port() {
        return server.actualPort();
    }

    /** Open connections. */
    public int connections() {
        return connections.count();
    }

    /** Stops listening and closes what is open. */
    public Future<Void> close() {
        return server.close();
    }
}
