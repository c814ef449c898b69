package io.leat.gateway.ingest;

import io.leat.gateway.http.HttpProblem;
import io.leat.gateway.http.HttpProblem.Kind;
import io.leat.gateway.http.Limits;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/**
 * Reads a body piece by piece: within a size, a pace and the room there is. On the request's event loop. What it took of
 * the room it holds until {@link #release}.
 */
final class Body {

    private static final long CHECK_MILLIS = 1_000;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final InFlight inFlight;
    private final int most;
    private final Buffer received = Buffer.buffer();
    private final long begun = System.nanoTime();
    private long held;
    private long timer;
    private boolean over;

    Body(Vertx vertx, HttpServerRequest request, InFlight inFlight, int most) {
        this.vertx = vertx;
        this.request = request;
        this.inFlight = inFlight;
        this.most = most;
    }

    /** Reads it; one of the two is called, unless the client goes away first. */
    void read(Consumer<Buffer> whole, Consumer<HttpProblem> refused) {
        timer = vertx.setPeriodic(CHECK_MILLIS, check -> {
            if (isTooSlow()) {
                refuse(refused, HttpProblem.of(Kind.TOO_SLOW));
            }
        });
        request.exceptionHandler(broken -> abandon());
        request.response().closeHandler(closed -> abandon());
        request.handler(piece -> {
            if (over) {
                return;
            }
            if (received.length() + piece.length() > most) {
                refuse(refused, HttpProblem.of(Kind.TOO_LARGE, "At most %s bytes.".formatted(most)));
            } else if (!take(piece.length())) {
                refuse(refused, HttpProblem.retry(Kind.UNAVAILABLE, 1, "Too much is under way."));
            } else {
                received.appendBuffer(piece);
            }
        });
        request.endHandler(end -> {
            if (!over) {
                over = true;
                vertx.cancelTimer(timer);
                whole.accept(received);
            }
        });
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
    }

    /** Takes more room for this body; from any thread. */
    synchronized boolean take(int bytes) {
        boolean taken = inFlight.take(bytes);
        held += taken ? bytes : 0;
        return taken;
    }

    /** Gives all room back. */
    synchronized void release() {
        inFlight.giveBack(held);
        held = 0;
    }

    private boolean isTooSlow() {
        double seconds = (System.nanoTime() - begun) / 1e9;
        double paced = seconds - Limits.BODY_GRACE.toSeconds();
        return seconds > Limits.BODY_WITHIN.toSeconds()
                || (paced > 0 && received.length() < paced * Limits.BODY_BYTES_PER_SECOND);
    }

    private void refuse(Consumer<HttpProblem> refused, HttpProblem problem) {
        abandon();
        refused.accept(problem);
    }

    private void abandon() {
        if (!over) {
            over = true;
            vertx.cancelTimer(timer);
            release();
        }
    }
}
