package io.leat.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A refused request as {@code application/problem+json} (RFC 9457). Holds nothing that the client sent.
 *
 * @param kind the reason
 * @param detail one sentence more, written by us; empty if the reason says it all
 * @param retryAfterSeconds when to come again; 0 where that is of no use
 */
public record HttpProblem(Kind kind, String detail, int retryAfterSeconds) {

    private static final JsonMapper JSON = new JsonMapper();

    /** The reasons. Codes are public and stable. */
    public enum Kind {
        BAD_REQUEST(210, 400, "The request is not well formed"),
        NO_KEY(211, 401, "This needs a valid API key"),
        NOT_ALLOWED(212, 403, "The key does not allow this"),
        NOT_FOUND(213, 404, "There is nothing here"),
        WRONG_METHOD(213, 405, "This path does not take that method"),
        NOT_ACCEPTABLE(210, 406, "None of the accepted media types can be served"),
        TOO_SLOW(214, 408, "The request did not arrive in time"),
        CONFLICT(215, 409, "Another request with this Idempotency-Key is under way"),
        TOO_LARGE(216, 413, "The body is too large"),
        URI_TOO_LONG(216, 414, "The address is too long"),
        WRONG_MEDIA_TYPE(210, 415, "The body's media type or encoding is not supported"),
        KEY_REUSED(215, 422, "The Idempotency-Key was used for another body"),
        TOO_MANY(217, 429, "Too many requests"),
        HEADERS_TOO_LARGE(216, 431, "The headers are too large"),
        FAULT(218, 500, "Something went wrong here"),
        UNAVAILABLE(219, 503, "The log does not take records or cannot be read at the moment"),
        NAME_TAKEN(225, 409, "There is a subscription of this name already"),
        DECLARED(226, 409, "The feed file declares this subscription"),
        NOT_WELL_FORMED(227, 422, "What it asks for is not well formed");

        private final int number;
        private final int status;
        private final String title;

        Kind(int number, int status, String title) {
            this.number = number;
            this.status = status;
            this.title = title;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }

        /** The code people see: {@code LEAT-212}. */
        public String code() {
            return "LEAT-" + number;
        }

        /** What it says, in a few words. */
        public String title() {
            return title;
        }

        /** The reason for a status a library chose. */
        static Kind of(int status) {
            for (Kind kind : values()) {
                if (kind.status == status) {
                    return kind;
                }
            }
            return status >= 500 ? FAULT : BAD_REQUEST;
        }
    }

    /** A problem that its reason tells. */
    public static HttpProblem of(Kind kind) {
        return new HttpProblem(kind, "", 0);
    }

    /** A problem with a sentence more. */
    public static HttpProblem of(Kind kind, String detail) {
        return new HttpProblem(kind, detail, 0);
    }

    /** A problem that passes. */
    public static HttpProblem retry(Kind kind, int seconds, String detail) {
        return new HttpProblem(kind, detail, seconds);
    }

    /** Answers a request with it. */
    public Future<Void> answer(HttpServerResponse response) {
        if (response.ended() || response.headWritten()) {
            return Future.succeededFuture();
        }
        response.setStatusCode(kind.status())
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Cache-Control", "no-store");
        if (retryAfterSeconds > 0) {
            response.putHeader("Retry-After", Integer.toString(retryAfterSeconds));
        }
        if (kind == Kind.NO_KEY) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        return response.end(Buffer.buffer(JSON.writeValueAsBytes(members())));
    }

    /** As it is written. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "about:blank");
        members.put("title", kind.title());
        members.put("status", kind.status());
        members.put("code", kind.code());
        if (!detail.isEmpty()) {
            members.put("detail", detail);
        }
        return members;
    }
}
