package io.leat.app.guarantee;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * The HTTP library alone, to measure beside: {@code PORT BYTES}. Takes bodies and answers 202 without looking at them;
 * writes events of so many bytes to all who have asked for them, without a log, at a pace it is told, and says how many.
 * Says {@code PLAIN} when it serves.
 */
public final class PlainHttpMain {

    private static final int TICKS_PER_SECOND = 100;

    private final Vertx vertx = Vertx.vertx();
    private final List<HttpServerResponse> readers = new ArrayList<>();
    private final String event;
    private long ticking = -1;
    private long told;

    private PlainHttpMain(int bytes) {
        event = "id: 1,1\ndata: {\"note\":\"" + "x".repeat(bytes) + "\"}\n\n";
    }

    /** Serves until the process is killed. */
    public static void main(String[] args) {
        PlainHttpMain plain = new PlainHttpMain(Integer.parseInt(args[1]));
        plain.vertx
                .createHttpServer()
                .requestHandler(plain::serve)
                .listen(Integer.parseInt(args[0]), "127.0.0.1")
                .onSuccess(listening -> System.out.println("PLAIN"));
    }

    private void serve(HttpServerRequest request) {
        switch (request.path()) {
            case "/records" ->
                request.body().onSuccess(body -> request.response()
                        .setStatusCode(202)
                        .putHeader("Content-Type", "application/json")
                        .end("{\"accepted\":1}"));
            case "/changes" -> {
                HttpServerResponse reader = request.response().setChunked(true);
                reader.putHeader("Content-Type", "text/event-stream").write("retry: 2000\n\n");
                readers.add(reader);
                reader.closeHandler(closed -> readers.remove(reader));
            }
            case "/told" -> request.response().end(Long.toString(told));
            default -> {
                pace(Integer.parseInt(request.getParam("per_second", "0")));
                request.response().end(Long.toString(told));
            }
        }
    }

    private void pace(int perSecond) {
        vertx.cancelTimer(ticking);
        if (perSecond > 0) {
            int perTick = perSecond / TICKS_PER_SECOND;
            ticking = vertx.setPeriodic(1_000 / TICKS_PER_SECOND, tick -> tell(perTick));
        }
    }

    private void tell(int count) {
        Buffer piece = Buffer.buffer(event.repeat(count));
        told += count;
        readers.forEach(reader -> reader.write(piece));
    }
}
