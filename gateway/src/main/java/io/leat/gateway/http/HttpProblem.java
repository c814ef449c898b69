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
        BAD_REQUEST(210, 400, "The request is not well formed", "Mend it; `detail` says what is expected."),
        NOT_ACCEPTABLE(
                210,
                406,
                "None of the accepted media types can be served",
                "Accept `text/event-stream` or `application/x-ndjson`."),
        WRONG_MEDIA_TYPE(
                210,
                415,
                "The body's media type or encoding is not supported",
                "Send `application/json` or `application/x-ndjson`, plain, gzip or zstd."),
        NO_KEY(
                211,
                401,
                "This needs a valid API key",
                "Send `Authorization: Bearer` and a key that is neither revoked nor expired, or a ticket that has not been"
                        + " used."),
        NOT_ALLOWED(212, 403, "The key does not allow this", "Ask for a key with the scope."),
        NOT_FROM_HERE(
                229,
                403,
                "No API key exists yet, and only programs of this machine need none",
                "Call it as `localhost` or `127.0.0.1` and from no web page of elsewhere, or make a key with"
                        + " `leat keys create`."),
        NOT_FOUND(213, 404, "There is nothing here", "Look at the path and the feed's name."),
        WRONG_METHOD(213, 405, "This path does not take that method", "`/openapi.json` names those it takes."),
        TOO_SLOW(
                214,
                408,
                "The request did not arrive in time",
                "Send it again on a better line, or in smaller pieces."),
        CONFLICT(
                215,
                409,
                "Another request with this Idempotency-Key is under way",
                "Come again after `Retry-After` for the first one's answer."),
        KEY_REUSED(215, 422, "The Idempotency-Key was used for another body", "Give each body a key of its own."),
        TOO_LARGE(216, 413, "The body is too large", "Send fewer records at once."),
        URI_TOO_LONG(216, 414, "The address is too long", "Ask for less in one request."),
        HEADERS_TOO_LARGE(216, 431, "The headers are too large", "Send fewer or shorter headers."),
        TOO_MANY(217, 429, "Too many requests", "Come again after `Retry-After`."),
        FAULT(218, 500, "Something went wrong here", "Tell whoever runs the gateway: its log says more."),
        UNAVAILABLE(
                219,
                503,
                "The log does not take records or cannot be read at the moment",
                "Come again after `Retry-After`; sending the same records again is safe."),
        NAME_TAKEN(225, 409, "There is a subscription of this name already", "Choose another name."),
        DECLARED(226, 409, "The feed file declares this subscription", "Change it in the feed file."),
        NOT_WELL_FORMED(227, 422, "What it asks for is not well formed", "Mend it; `detail` says what is expected."),
        NOT_ACTIVE(228, 409, "The subscription gets nothing at the moment", "Resume it first."),
        NOT_ONE_BY_ONE(
                241, 409, "Files take no single change again", "Mend what was wrong, then replay the subscription."),
        TOO_MANY_SUBSCRIPTIONS(242, 409, "The feed has as many subscriptions as it may", "Delete those nobody needs."),
        TOO_COSTLY(
                240,
                504,
                "The answer would take too long",
                "Ask for less, or ask on the command line, which takes its time.");

        private final int number;
        private final int status;
        private final String title;
        private final String advice;

        Kind(int number, int status, String title, String advice) {
            this.number = number;
            this.status = status;
            this.title = title;
            this.advice = advice;
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

        /** What the client can do about it, as a sentence of Markdown. */
        public String advice() {
            return advice;
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
