package io.leat.gateway.ingest;

import io.leat.core.Feed;
import io.leat.format.Traceparent;
import io.leat.format.spans.OpenSpan;
import io.leat.format.spans.Span;
import io.leat.gateway.access.Caller;
import io.leat.gateway.access.Gatekeeper;
import io.leat.gateway.access.Scope;
import io.leat.gateway.http.HttpProblem;
import io.leat.gateway.http.HttpProblem.Kind;
import io.leat.gateway.http.Limits;
import io.leat.gateway.http.Part;
import io.leat.gateway.log.KafkaSettings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/feeds/{feed}/records}. */
public final class RecordsPart implements Part, AutoCloseable {

    private static final String ROUTE = "/v1/feeds/:feed/records";
    private static final int FAULT = 500;
    private static final int THREADS = 4;
    private static final int QUEUE = 1_000;

    private final Vertx vertx;
    private final Map<String, Feed> feeds;
    private final Gatekeeper gatekeeper;
    private final Limits limits;
    private final InstantSource clock;
    private final RawLog log;
    private final InFlight inFlight;
    private final Repeats repeats = new Repeats();
    private final LongAdder taken = new LongAdder();
    private final ThreadPoolExecutor workers;

    /**
     * Takes in scrapes.
     *
     * @param kafka how the topics of a feed are reached
     * @param feeds what is taken in, by name
     */
    public RecordsPart(
            Vertx vertx,
            Function<Feed, KafkaSettings> kafka,
            Map<String, Feed> feeds,
            Gatekeeper gatekeeper,
            Limits limits,
            InstantSource clock) {
        this.clock = clock;
        this.vertx = vertx;
        this.feeds = Map.copyOf(feeds);
        this.gatekeeper = gatekeeper;
        this.limits = limits;
        this.log = new RawLog(kafka, feeds, limits.inFlightBytes() * 2);
        this.inFlight = new InFlight(limits.inFlightBytes());
        this.workers =
                new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), work -> {
                    Thread thread = new Thread(work, "leat-gateway-ingest");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    @Override
    public void mount(Router router) {
        router.post(ROUTE).handler(this::serve);
    }

    /** Records the log has acknowledged. */
    public long taken() {
        return taken.sum();
    }

    /** Bytes of bodies held at the moment. */
    public long held() {
        return inFlight.held();
    }

    private void serve(RoutingContext request) {
        String feed = request.pathParam("feed");
        Caller caller = gatekeeper.admit(request, feed, Scope.INGEST);
        if (caller == null) {
            return;
        }
        Records.Shape shape = Records.Shape.of(request.request().getHeader("Content-Type"));
        Encoding encoding = Encoding.of(request.request().getHeader("Content-Encoding"));
        Answer answer = new Answer(vertx, request, repeats, caller, feed);
        if (!feeds.containsKey(feed)) {
            answer.problem(HttpProblem.of(Kind.NOT_FOUND));
        } else if (shape == null) {
            answer.problem(HttpProblem.of(Kind.WRONG_MEDIA_TYPE, "application/json or application/x-ndjson."));
        } else if (encoding == null) {
            answer.problem(HttpProblem.of(Kind.WRONG_MEDIA_TYPE, "Content-Encoding gzip or zstd, or none."));
        } else if (!answer.keyIsGood()) {
            answer.problem(HttpProblem.of(Kind.BAD_REQUEST, "An Idempotency-Key has 1 to 255 visible characters."));
        } else if (isTooLong(request)) {
            answer.problem(HttpProblem.of(Kind.TOO_LARGE, "At most %s bytes.".formatted(limits.batchBytes())));
        } else {
            String trace = trace(request, feed);
            Body body = new Body(vertx, request.request(), inFlight, limits.batchBytes());
            body.read(
                    whole -> {
                        answer.beginPatience(body::release);
                        work(new Job(feed, whole, shape, encoding, body, answer, trace));
                    },
                    answer::problem);
        }
    }

    /** The trace that the records of a request belong to, from the request's own span on if somebody wants it. */
    private @Nullable String trace(RoutingContext request, String feed) {
        String given = Traceparent.of(request.request().getHeader(Traceparent.HEADER));
        OpenSpan span = OpenSpan.begin(Span.Stage.INGEST, given, clock.millis());
        if (span == null) {
            return given;
        }
        request.addEndHandler(over -> {
            int status = request.response().getStatusCode();
            span.end(
                    clock.millis(),
                    Map.of(
                            "leat.feed",
                            feed,
                            "http.request.method",
                            "POST",
                            "http.route",
                            ROUTE,
                            "http.response.status_code",
                            (long) status),
                    over.failed() ? "the connection broke" : status >= FAULT ? "status " + status : null);
        });
        return span.traceparent();
    }

    private boolean isTooLong(RoutingContext request) {
        String length = request.request().getHeader("Content-Length");
        return length != null
                && length.matches("\\d+")
                && (length.length() > 10 || Long.parseLong(length) > limits.batchBytes());
    }

    private record Job(
            String feed,
            Buffer whole,
            Records.Shape shape,
            Encoding encoding,
            Body body,
            Answer answer,
            @Nullable String trace) {}

    private void work(Job job) {
        try {
            workers.execute(() -> {
                if (!job.answer().isGiven()) {
                    unpackAndSend(job);
                }
            });
        } catch (RejectedExecutionException full) {
            job.answer().problem(HttpProblem.retry(Kind.UNAVAILABLE, 1, "Too much is under way."));
        }
    }

    private void unpackAndSend(Job job) {
        try {
            byte[] body = job.encoding().unpack(job.whole().getBytes(), limits.batchBytes(), job.body()::take);
            List<byte[]> records = Records.cut(body, job.shape());
            if (records == null) {
                job.answer().problem(HttpProblem.of(Kind.BAD_REQUEST, "The body is not well-formed JSON."));
            } else if (records.isEmpty()) {
                job.answer().problem(HttpProblem.of(Kind.BAD_REQUEST, "There is no record in the body."));
            } else if (records.size() > Records.MAX_RECORDS) {
                job.answer()
                        .problem(HttpProblem.of(
                                Kind.TOO_LARGE, "At most %s records at once.".formatted(Records.MAX_RECORDS)));
            } else if (job.answer().isFirst(body)) {
                var unused = log.send(job.feed(), records, job.trace()).thenAccept(outcomes -> {
                    taken.add(outcomes.stream()
                            .filter(Outcome.Taken.class::isInstance)
                            .count());
                    job.answer().outcomes(outcomes);
                });
            }
        } catch (Encoding.TooLarge e) {
            job.answer()
                    .problem(HttpProblem.of(
                            Kind.TOO_LARGE, "At most %s bytes when unpacked.".formatted(limits.batchBytes())));
        } catch (Encoding.NoRoom e) {
            job.answer().problem(HttpProblem.retry(Kind.UNAVAILABLE, 1, "Too much is under way."));
        } catch (IOException e) {
            job.answer().problem(HttpProblem.of(Kind.BAD_REQUEST, "The body cannot be unpacked."));
        } catch (RuntimeException e) {
            org.slf4j.LoggerFactory.getLogger(RecordsPart.class).error("A body could not be dealt with", e);
            job.answer().fault();
        }
    }

    @Override
    public void close() {
        workers.shutdown();
        log.close();
    }
}
