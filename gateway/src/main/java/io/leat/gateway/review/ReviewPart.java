package io.leat.gateway.review;

import io.leat.gateway.access.Gatekeeper;
import io.leat.gateway.access.Scope;
import io.leat.gateway.audit.AuditPart;
import io.leat.gateway.http.HttpProblem;
import io.leat.gateway.http.HttpProblem.Kind;
import io.leat.gateway.http.JsonAnswer;
import io.leat.gateway.http.Part;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/feeds/{feed}/dead-letters}, {@code /v1/feeds/{feed}/held} and {@code /v1/feeds/{feed}/alerts}.
 *
 * <p>Limits: each reads a topic, so one is answered at a time and {@value #QUEUE} wait.
 */
public final class ReviewPart implements Part, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReviewPart.class);
    private static final String LETTERS = "/v1/feeds/:feed/dead-letters";
    private static final String HELD = "/v1/feeds/:feed/held";
    private static final String ALERTS = "/v1/feeds/:feed/alerts";
    private static final int QUEUE = 16;
    private static final int USUAL = 50;
    private static final int MOST = 500;
    private static final int LONGEST = 500;

    private final Gatekeeper gatekeeper;
    private final Reviews reviews;
    private final ThreadPoolExecutor worker;

    public ReviewPart(Gatekeeper gatekeeper, Reviews reviews) {
        this.gatekeeper = gatekeeper;
        this.reviews = reviews;
        this.worker = new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), work -> {
            Thread thread = new Thread(work, "leat-gateway-review");
            thread.setDaemon(true);
            return thread;
        });
        worker.allowCoreThreadTimeOut(true);
    }

    @Override
    public void mount(Router router) {
        router.get(LETTERS)
                .handler(request -> with(request, review -> {
                    String limit = request.queryParams().get("limit");
                    return review.letters(which(request), limit == null ? USUAL : limit(limit));
                }));
        router.post(LETTERS + "/redrive")
                .handler(request -> with(request, review -> {
                    String really = request.queryParams().get("really");
                    return review.redrive(which(request), "true".equals(really));
                }));
        router.get(HELD).handler(request -> with(request, Review::held));
        router.post(HELD + "/:id/release").handler(request -> with(request, rule(request, true)));
        router.post(HELD + "/:id/reject").handler(request -> with(request, rule(request, false)));
        for (Review.Word word : Review.Word.values()) {
            router.post(ALERTS + "/" + word.name().toLowerCase(Locale.ROOT))
                    .handler(request -> with(request, say(request, word)));
        }
    }

    /** The id of an alert has slashes, so it is no part of the path. */
    private static Function<Review, @Nullable ObjectNode> say(RoutingContext request, Review.Word word) {
        String id = request.queryParams().get("id");
        String span = request.queryParams().get("for");
        return review -> {
            if (id == null || id.isEmpty() || id.length() > LONGEST) {
                throw new IllegalArgumentException("'id' is that of an alert.");
            }
            long millis = word == Review.Word.QUIET ? QuietSpan.millis(span) : 0;
            return review.say(id, word, millis)
                    ? JsonNodeFactory.instance.objectNode().put("id", id)
                    : null;
        };
    }

    private static Function<Review, @Nullable ObjectNode> rule(RoutingContext request, boolean release) {
        String id = request.pathParam("id");
        return review -> review.rule(id, release)
                ? JsonNodeFactory.instance.objectNode().put("id", id).put(release ? "released" : "rejected", true)
                : null;
    }

    private static Review.Which which(RoutingContext request) {
        MultiMap query = request.queryParams();
        return new Review.Which(query.get("site"), query.get("field"), query.get("code"), query.get("id"));
    }

    private static int limit(String text) {
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) > MOST) {
            throw new IllegalArgumentException("'limit' is a number up to %s.".formatted(MOST));
        }
        return Integer.parseInt(text);
    }

    private void with(RoutingContext request, Function<Review, @Nullable ObjectNode> work) {
        String feed = request.pathParam("feed");
        if (gatekeeper.admit(request, feed, Scope.MANAGE) == null) {
            return;
        }
        Review review = reviews.of(feed);
        if (review == null) {
            HttpProblem.of(Kind.NOT_FOUND).answer(request.response());
            return;
        }
        if (!request.queryParams().isEmpty()) {
            Map<String, String> about = new TreeMap<>();
            request.queryParams().forEach(each -> about.put(each.getKey(), shortened(each.getValue())));
            AuditPart.about(request, about);
        }
        Context context = request.vertx().getOrCreateContext();
        try {
            worker.execute(() -> {
                Object answer = answer(review, work);
                context.runOnContext(back -> JsonAnswer.give(request.response(), answer));
            });
        } catch (RejectedExecutionException full) {
            HttpProblem.retry(Kind.UNAVAILABLE, 1, "Too much is under way.").answer(request.response());
        }
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /** JSON, or why there is none. */
    private static Object answer(Review review, Function<Review, @Nullable ObjectNode> work) {
        try {
            ObjectNode told = work.apply(review);
            return told == null ? HttpProblem.of(Kind.NOT_FOUND, "Nothing of this id waits.") : told;
        } catch (IllegalArgumentException wrong) {
            return HttpProblem.of(Kind.NOT_WELL_FORMED, String.valueOf(wrong.getMessage()));
        } catch (org.apache.kafka.common.KafkaException e) {
            LOG.warn("What waits for a person cannot be read or decided at the moment: {}", e.toString());
            return HttpProblem.retry(Kind.UNAVAILABLE, 2, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("A request about what waits for a person failed", e);
            return HttpProblem.of(Kind.FAULT);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
