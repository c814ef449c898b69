package io.leat.gateway.stream;

import io.leat.gateway.access.Caller;
import io.leat.gateway.access.Gatekeeper;
import io.leat.gateway.http.HttpProblem;
import io.leat.gateway.http.HttpProblem.Kind;
import io.leat.gateway.http.Limits;
import io.leat.gateway.http.Part;
import io.leat.gateway.log.FeedLog;
import io.leat.gateway.log.OpenLog;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /v1/feeds/{feed}/changes}. */
public final class ChangesPart implements Part {

    private static final Logger LOG = LoggerFactory.getLogger(ChangesPart.class);
    private static final int READERS_OF_THE_PAST = 48;
    private static final int RETRY_SECONDS = 2;
    private static final long RECHECK_MILLIS = 1_000;

    private final Vertx vertx;
    private final Map<String, FeedLog> logs;
    private final Gatekeeper gatekeeper;
    private final Limits limits;
    private final RandomGenerator random;
    private final OpenStreams open;
    private final Turns turns = new Turns(READERS_OF_THE_PAST);
    private final Map<OpenLog, Map<Framing, SharedFrames>> frames = new ConcurrentHashMap<>();

    /**
     * @param logs the change log of each feed, by its name
     * @param random spreads the ends of streams
     */
    public ChangesPart(
            Vertx vertx, Map<String, FeedLog> logs, Gatekeeper gatekeeper, Limits limits, RandomGenerator random) {
        this.vertx = vertx;
        this.logs = Map.copyOf(logs);
        this.gatekeeper = gatekeeper;
        this.limits = limits;
        this.random = random;
        this.open = new OpenStreams(limits);
        vertx.setPeriodic(RECHECK_MILLIS, again -> open.closeUnless(gatekeeper::isStillGood));
    }

    @Override
    public void mount(Router router) {
        router.get("/v1/feeds/:feed/changes").handler(this::serve);
    }

    /** Open streams. */
    public int count() {
        return open.count();
    }

    /** Ends all streams in good order. */
    public void close() {
        open.closeUnless(caller -> false);
    }

    private void serve(RoutingContext request) {
        String feed = request.pathParam("feed");
        if (request.request().getParam(Gatekeeper.TICKET) != null) {
            // whoever has the ticket may read, whatever page it is on; it is good for this one answer
            request.response().putHeader("Access-Control-Allow-Origin", "*");
        }
        Caller caller = gatekeeper.admitReader(request, feed);
        if (caller == null) {
            return;
        }
        FeedLog known = logs.get(feed);
        OpenLog log = known == null ? null : known.now();
        Framing framing = framing(request.request().getHeader("Accept"));
        if (known == null) {
            answer(request, HttpProblem.of(Kind.NOT_FOUND));
        } else if (framing == null) {
            answer(request, HttpProblem.of(Kind.NOT_ACCEPTABLE, "text/event-stream or application/x-ndjson."));
        } else if (log == null) {
            answer(request, HttpProblem.retry(Kind.UNAVAILABLE, RETRY_SECONDS, "The change log is not there yet."));
        } else {
            serve(request, caller, feed, log, framing);
        }
    }

    private void serve(RoutingContext request, Caller caller, String feed, OpenLog log, Framing framing) {
        Selection selection;
        Start start;
        try {
            mustBeKnown(request.queryParams().names());
            selection = Selection.of(request.queryParams());
            start = Start.of(request.request().getHeader("Last-Event-ID"), request.queryParams());
        } catch (IllegalArgumentException e) {
            answer(request, HttpProblem.of(Kind.BAD_REQUEST, String.valueOf(e.getMessage())));
            return;
        }
        if (!open.admit(caller)) {
            answer(request, HttpProblem.retry(Kind.TOO_MANY, RETRY_SECONDS * 5, "Too many open streams."));
            return;
        }
        SharedFrames shared = shared(log, framing);
        ChangeStream.Order order = new ChangeStream.Order(log, selection, framing, shared);
        Context context = vertx.getOrCreateContext();
        boolean[] gone = {false};
        request.response().closeHandler(closed -> {
            if (!gone[0]) {
                gone[0] = true;
                open.released(caller);
            }
        });
        Opening.find(log, start)
                .onComplete(found -> context.runOnContext(now -> {
                    if (gone[0]) {
                        return;
                    }
                    if (found.succeeded()) {
                        begin(request.response(), context, caller, order, found.result());
                        return;
                    }
                    gone[0] = true;
                    open.released(caller);
                    if (found.cause() instanceof IllegalArgumentException) {
                        answer(
                                request,
                                HttpProblem.of(
                                        Kind.BAD_REQUEST,
                                        String.valueOf(found.cause().getMessage())));
                    } else {
                        LOG.warn(
                                "The change log of {} cannot be read at the moment: {}",
                                feed,
                                found.cause().toString());
                        answer(request, HttpProblem.retry(Kind.UNAVAILABLE, RETRY_SECONDS, ""));
                    }
                }));
    }

    private SharedFrames shared(OpenLog log, Framing framing) {
        frames.keySet().removeIf(OpenLog::isOver);
        return Objects.requireNonNull(
                frames.computeIfAbsent(log, SharedFrames::of).get(framing));
    }

    private void begin(
            HttpServerResponse response,
            Context context,
            Caller caller,
            ChangeStream.Order order,
            Opening.Found found) {
        response.setChunked(true)
                .putHeader("Content-Type", order.framing().mediaType())
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no");
        long age = limits.streamAge().toMillis();
        ChangeStream stream = new ChangeStream(
                context,
                response,
                order,
                found.place(),
                turns,
                limits,
                age / 2 + random.nextLong(age / 2 + 1),
                ended -> open.over(caller, ended));
        open.add(caller, stream);
        response.closeHandler(closed -> stream.over());
        response.exceptionHandler(broken -> stream.over());
        stream.begin(found.gap());
        if (!gatekeeper.isStillGood(caller.id())) {
            stream.close();
        }
    }

    private static void mustBeKnown(Set<String> names) {
        for (String name : names) {
            if (!name.startsWith(Selection.FIELD)
                    && !name.equals(Selection.KEY_PREFIX)
                    && !name.equals(Selection.OP)
                    && !name.equals(Gatekeeper.TICKET)
                    && !Start.PARAMETERS.contains(name)) {
                throw new IllegalArgumentException(
                        "Parameters are since, last_event_id, key_prefix, op, ticket and field.NAME.");
            }
        }
    }

    /** Events unless lines are asked for. */
    private static @Nullable Framing framing(@Nullable String accept) {
        if (accept == null || accept.contains("text/event-stream") || accept.contains("*/*")) {
            return accept != null && accept.contains("ndjson") && !accept.contains("text/event-stream")
                    ? Framing.LINES
                    : Framing.SSE;
        }
        return accept.contains("application/x-ndjson") || accept.contains("application/json") ? Framing.LINES : null;
    }

    private static void answer(RoutingContext request, HttpProblem problem) {
        problem.answer(request.response());
    }
}
