package io.leat.gateway.ingest;

import io.leat.gateway.access.Caller;
import io.leat.gateway.http.HttpProblem;
import io.leat.gateway.http.HttpProblem.Kind;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The one answer of a request: the first one given counts, and there is one in time. Thread-safe. */
final class Answer {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final Duration PATIENCE = Duration.ofMillis(4_500);
    private static final int RETRY_SECONDS = 2;

    private final Vertx vertx;
    private final Context context;
    private final RoutingContext request;
    private final Repeats repeats;
    private final @Nullable String key;
    private final String memory;
    private volatile String print = "";
    private volatile boolean remembered;
    private Runnable release = () -> {};
    private long timer = -1;
    private boolean given;

    Answer(Vertx vertx, RoutingContext request, Repeats repeats, Caller caller, String feed) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.request = request;
        this.repeats = repeats;
        this.key = request.request().getHeader("Idempotency-Key");
        this.memory = caller.id() + ' ' + feed + ' ' + key;
    }

    boolean keyIsGood() {
        return key == null || KEY.matcher(key).matches();
    }

    /** From now on there is an answer within seconds, whatever the log does. */
    void beginPatience(Runnable releaseBody) {
        release = releaseBody;
        timer = vertx.setTimer(
                PATIENCE.toMillis(),
                late -> problem(HttpProblem.retry(
                        Kind.UNAVAILABLE,
                        RETRY_SECONDS,
                        "The log did not answer in time. Sending the same records again is safe.")));
    }

    synchronized boolean isGiven() {
        return given;
    }

    /** Whether the request has to be carried out. If an earlier one had its key, this one is answered here. */
    boolean isFirst(byte[] body) {
        if (key == null) {
            return true;
        }
        print = print(body);
        Repeats.Seen seen = repeats.begin(memory, print);
        if (seen == null) {
            remembered = true;
            return true;
        }
        Buffer answer = seen.answer();
        if (!seen.print().equals(print)) {
            problem(HttpProblem.of(Kind.KEY_REUSED));
        } else if (answer == null) {
            problem(HttpProblem.retry(Kind.CONFLICT, 1, ""));
        } else {
            give(() -> request.response()
                    .setStatusCode(202)
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Idempotent-Replayed", "true")
                    .end(answer));
        }
        return false;
    }

    /** Every record has its outcome. */
    void outcomes(List<Outcome> outcomes) {
        long taken = outcomes.stream().filter(Outcome.Taken.class::isInstance).count();
        Map<String, Object> members = new LinkedHashMap<>();
        int status = taken == outcomes.size() ? 202 : 207;
        HttpProblem problem = null;
        if (taken == 0) {
            boolean unavailable = outcomes.stream().anyMatch(Outcome.NotTaken.class::isInstance);
            problem = unavailable
                    ? HttpProblem.retry(Kind.UNAVAILABLE, RETRY_SECONDS, "No record was acknowledged.")
                    : HttpProblem.of(Kind.BAD_REQUEST, "None of the records is a JSON object within the limits.");
            status = problem.kind().status();
            members.putAll(problem.members());
        }
        members.put("accepted", taken);
        members.put("records", outcomes.stream().map(Outcome::members).toList());
        Buffer body = Buffer.buffer(JSON.writeValueAsBytes(members));
        if (status == 202 && remembered) {
            repeats.done(memory, print, body);
        } else if (remembered) {
            repeats.failed(memory);
        }
        int code = status;
        boolean refused = problem != null;
        give(() -> {
            if (code == Kind.UNAVAILABLE.status()) {
                request.response().putHeader("Retry-After", Integer.toString(RETRY_SECONDS));
            }
            request.response()
                    .setStatusCode(code)
                    .putHeader("Content-Type", refused ? "application/problem+json" : "application/json")
                    .end(body);
        });
    }

    /** The request as a whole is refused. */
    void problem(HttpProblem problem) {
        give(() -> {
            if (!request.request().isEnded()) {
                request.response().putHeader("Connection", "close");
            }
            problem.answer(request.response());
        });
    }

    /** Something is wrong here; a request with the same key is a first one again. */
    void fault() {
        if (remembered) {
            repeats.failed(memory);
        }
        problem(HttpProblem.of(Kind.FAULT));
    }

    private void give(Runnable write) {
        synchronized (this) {
            if (given) {
                return;
            }
            given = true;
        }
        context.runOnContext(now -> {
            if (timer >= 0) {
                vertx.cancelTimer(timer);
            }
            release.run();
            if (!request.response().closed() && !request.response().headWritten()) {
                write.run();
            }
        });
    }

    private static String print(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
