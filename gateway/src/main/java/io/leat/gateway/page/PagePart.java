package io.leat.gateway.page;

import io.leat.gateway.http.HttpProblem;
import io.leat.gateway.http.HttpProblem.Kind;
import io.leat.gateway.http.Part;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code /} and {@code /page/}: the page, which holds no data and needs no key; what it shows it asks for as anybody would.
 * A browser keeps its files and asks whether they are still the same.
 */
public final class PagePart implements Part {

    private static final String INDEX = "index.html";
    /** All files, so that nothing else of the jar can be asked for. */
    static final List<String> FILES = List.of(
            INDEX,
            "page.css",
            "leat.svg",
            "main.js",
            "worker.js",
            "stream.js",
            "tab.js",
            "lines.js",
            "source.js",
            "api.js",
            "dom.js",
            "words.js",
            "plot.js",
            "history.js",
            "feeds.js",
            "needs.js",
            "figures.js",
            "feed.js",
            "tail.js",
            "tail-source.js",
            "sites.js",
            "sinks.js",
            "exchanges.js",
            "letters.js",
            "held.js",
            "alerts.js",
            "keys.js",
            "trace.js",
            "explain.js");
    /** Its own scripts and styles, its own gateway, and nothing else; text cannot become markup or script. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types leat";

    private final Map<String, PageFile> files = new TreeMap<>();

    public PagePart() {
        FILES.forEach(name -> files.put(name, PageFile.read(name)));
    }

    /** Bytes of all files as they travel. */
    int size() {
        return files.values().stream().mapToInt(file -> file.gzip().length()).sum();
    }

    /** Described in words, not in {@code /openapi.json}: people look at it, programs do not ask it. */
    @Override
    public void mount(Router router) {
        router.route("/").handler(request -> serve(request, files.get(INDEX)));
        router.route("/page/:file").handler(request -> serve(request, files.get(request.pathParam("file"))));
    }

    private static void serve(RoutingContext context, @Nullable PageFile file) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            HttpProblem.of(Kind.WRONG_METHOD).answer(response);
            return;
        }
        if (file == null) {
            HttpProblem.of(Kind.NOT_FOUND).answer(response);
            return;
        }
        response.putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Cache-Control", "no-cache")
                .putHeader("Vary", "Accept-Encoding")
                .putHeader("ETag", file.tag());
        String known = request.getHeader("If-None-Match");
        if (known != null && known.contains(file.tag())) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", file.type());
        String accepted = request.getHeader("Accept-Encoding");
        if (accepted != null && accepted.contains("gzip")) {
            response.putHeader("Content-Encoding", "gzip").end(file.gzip());
        } else {
            response.end(file.plain());
        }
    }
}
