package io.leat.gateway.http;

import io.leat.gateway.http.HttpProblem.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: limits, strictness, and one form for every refusal. Thread-safe once it listens. */
public final class FrontDoor {

    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
    /** Nothing here needs it, and each costs the server more than the client. The platform reads it once, for all. */
    private static final String NO_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

    private static final int STRICT_CHUNK = 8 << 10;

    private final HttpServer server;
    private final Connections connections;
    private final Set<String> routes;

    private FrontDoor(HttpServer server, Connections connections, Set<String> routes) {
        this.server = server;
        this.connections = connections;
        this.routes = routes;
    }

    /** Starts to listen. Fails if the address is taken. */
    public static Future<FrontDoor> open(
            Vertx vertx, String host, int port, @Nullable Tls tls, Limits limits, Proxies proxies, List<Part> parts) {
        Router router = Router.router(vertx);
        Connections connections = new Connections(vertx, limits, proxies);
        Strictness strictness = new Strictness(connections);
        parts.forEach(part -> part.mount(router));
        for (int status : new int[] {400, 404, 405, 406, 413, 414, 415, 431, 500}) {
            router.errorHandler(status, context -> refused(context, Kind.of(status)));
        }
        HttpServer server = vertx.createHttpServer(options(tls, limits))
                .connectionHandler(connections::opened)
                .invalidRequestHandler(strictness::refuse)
                .requestHandler(request -> {
                    if (connections.asked(request) && strictness.admits(request)) {
                        router.handle(request);
                    }
                });
        return server.listen(port, host).map(listening -> new FrontDoor(listening, connections, routes(router)));
    }

    private static Set<String> routes(Router router) {
        Set<String> routes = new TreeSet<>();
        for (Route route : router.getRoutes()) {
            Set<HttpMethod> methods = route.methods();
            if (methods != null) {
                String path = route.getPath().replaceAll(":(\\w+)", "{$1}");
                methods.stream()
                        .filter(method -> !method.equals(HttpMethod.HEAD))
                        .forEach(method -> routes.add(method.name() + " " + path));
            }
        }
        return routes;
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
                .setSendBufferSize(Limits.UNTAKEN_BYTES)
                .setTcpNoDelay(true);
        if (tls != null) {
            System.setProperty(NO_RENEGOTIATION, "true");
            options.setSsl(true)
                    .setUseAlpn(true)
                    .setSslHandshakeTimeout(limits.headerWithin().toSeconds())
                    .setKeyCertOptions(tls.files());
        }
        return options;
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

    /** What can be asked: {@code GET /v1/feeds/{feed}/changes} and so on; {@code HEAD} goes without saying. */
    public Set<String> routes() {
        return Set.copyOf(routes);
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
