package io.leat.gateway.http;

import io.leat.gateway.http.HttpProblem.Kind;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses what is no clear request, before anybody looks at what is asked. On event loops. */
final class Strictness {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final Connections connections;

    Strictness(Connections connections) {
        this.connections = connections;
    }

    /** Whether a request may be served; if not, it has been answered. */
    boolean admits(HttpServerRequest request) {
        forbidGuessing(request.response());
        if (isAmbiguous(request)) {
            refuse(request);
        } else if (!METHODS.contains(request.method().name())) {
            HttpProblem.of(Kind.WRONG_METHOD).answer(request.response());
        } else if (request.headers().size() > Limits.HEADERS) {
            HttpProblem.of(Kind.HEADERS_TOO_LARGE).answer(request.response());
        } else {
            return true;
        }
        return false;
    }

    /** What strangers wrote is never taken for a page or a script. */
    private static void forbidGuessing(HttpServerResponse response) {
        response.putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Content-Security-Policy", "default-src 'none'");
    }

    /** Whether somebody on the way could take it for another request than we do, and the parser let it pass. */
    private static boolean isAmbiguous(HttpServerRequest request) {
        MultiMap headers = request.headers();
        List<String> coding = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
        boolean plain = coding.isEmpty() || (coding.size() == 1 && coding.get(0).equalsIgnoreCase("chunked"));
        boolean oneHost = request.version() == HttpVersion.HTTP_2
                || headers.getAll(HttpHeaders.HOST).size() == 1;
        return !plain || !oneHost || headers.contains("") || !request.uri().startsWith("/");
    }

    /** Refuses what the parser, or we, cannot read in one way only. Where it ends is unclear: nothing after it is read. */
    void refuse(HttpServerRequest request) {
        connections.giveUp(request.connection());
        forbidGuessing(request.response());
        if (request.version() != HttpVersion.HTTP_2) {
            request.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
        HttpProblem.of(kind(request.decoderResult())).answer(request.response()).onComplete(told -> request.connection()
                .close());
    }

    private static Kind kind(@Nullable DecoderResult parsed) {
        Throwable cause = parsed == null ? null : parsed.cause();
        if (cause instanceof TooLongHttpLineException) {
            return Kind.URI_TOO_LONG;
        }
        return cause instanceof TooLongHttpHeaderException ? Kind.HEADERS_TOO_LARGE : Kind.BAD_REQUEST;
    }
}
