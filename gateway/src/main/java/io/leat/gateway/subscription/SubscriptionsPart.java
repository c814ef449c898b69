package io.leat.gateway.subscription;

import io.leat.delivery.Desk;
import io.leat.delivery.Refusal;
import io.leat.delivery.SinkCounts;
import io.leat.delivery.work.Keeper;
import io.leat.gateway.access.Gatekeeper;
import io.leat.gateway.access.Scope;
import io.leat.gateway.http.HttpProblem;
import io.leat.gateway.http.HttpProblem.Kind;
import io.leat.gateway.http.Part;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** {@code /v1/feeds/{feed}/subscriptions} and {@code /v1/feeds/{feed}/deliveries}. */
public final class SubscriptionsPart implements Part, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionsPart.class);
    private static final String ALL = "/v1/feeds/:feed/subscriptions";
    private static final String ONE = ALL + "/:name";
    private static final int THREADS = 4;
    private static final int QUEUE = 100;

    private final Gatekeeper gatekeeper;
    private final Desks desks;
    private final Keeper keeper;
    private final Verbs verbs;
    private final ThreadPoolExecutor workers;

    public SubscriptionsPart(Gatekeeper gatekeeper, Desks desks, Keeper keeper, SinkCounts sinks, InstantSource clock) {
        this.gatekeeper = gatekeeper;
        this.desks = desks;
        this.keeper = keeper;
        this.verbs = new Verbs(sinks.exchanges(), clock, new SecureRandom());
        this.workers = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), work -> {
                    Thread thread = new Thread(work, "leat-gateway-desk");
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
    }

    @Override
    public void mount(Router router) {
        router.get(ALL).handler(request -> at(request, verbs::list));
        router.post(ALL)
                .handler(request -> withBody(
                        request, (desk, body) -> verbs.create(desk, desks.orders(request.pathParam("feed")), body)));
        router.get(ONE).handler(request -> one(request, verbs::get));
        router.patch(ONE)
                .handler(request -> withBody(request, (desk, body) -> verbs.update(desk, name(request), body)));
        router.delete(ONE).handler(request -> one(request, verbs::remove));
        router.post(ONE + "/pause").handler(request -> one(request, changed(Desk::pause)));
        router.post(ONE + "/resume").handler(request -> one(request, changed(Desk::resume)));
        router.post(ONE + "/disable").handler(request -> one(request, changed(Desk::disable)));
        router.post(ONE + "/rotate").handler(request -> one(request, verbs::rotate));
        router.post(ONE + "/redrive").handler(request -> {
            MultiMap query = request.queryParams();
            one(request, (desk, name) -> verbs.redrive(desk, name, query));
        });
        router.get(ONE + "/undelivered").handler(request -> one(request, verbs::undelivered));
        router.get(ONE + "/exchanges").handler(request -> {
            String feed = request.pathParam("feed");
            one(request, (desk, name) -> verbs.exchanges(feed, desk, name));
        });
        router.post(ONE + "/test").handler(this::test);
        router.post(ONE + "/url")
                .handler(request -> withBody(request, (desk, body) -> verbs.move(desk, name(request), body)));
        router.post(ONE + "/replay")
                .handler(request -> withBody(request, (desk, body) -> verbs.replay(desk, name(request), body)));
        router.get("/v1/feeds/:feed/deliveries").handler(request -> {
            MultiMap query = request.queryParams();
            at(request, desk -> verbs.deliveries(desk, query));
        });
    }

    private static BiFunction<Desk, String, Reply> changed(BiFunction<Desk, String, Desk.Changed> change) {
        return (desk, name) -> Reply.changed(change.apply(desk, name));
    }

    private static String name(RoutingContext request) {
        return request.pathParam("name");
    }

    private void one(RoutingContext request, BiFunction<Desk, String, Reply> work) {
        at(request, desk -> work.apply(desk, name(request)));
    }

    private void at(RoutingContext request, Function<Desk, Reply> work) {
        String feed = admitted(request);
        if (feed != null) {
            work(request, feed, work);
        }
    }

    private void withBody(RoutingContext request, BiFunction<Desk, JsonNode, Reply> work) {
        String feed = admitted(request);
        if (feed != null) {
            new SmallBody(request.vertx(), request.request())
                    .read(body -> work(request, feed, desk -> work.apply(desk, body)));
        }
    }

    /** The delivery is made without holding a thread. */
    private void test(RoutingContext request) {
        String feed = admitted(request);
        if (feed == null) {
            return;
        }
        Context context = request.vertx().getOrCreateContext();
        work(request, feed, desk -> {
            Reply looked = verbs.look(desk, name(request));
            if (looked != null) {
                return looked;
            }
            var unused = desk.test(name(request))
                    .thenAccept(outcome -> context.runOnContext(
                            back -> Reply.ok(Reply.describe(outcome)).give(request.response())));
            return new Reply.Later();
        });
    }

    private @Nullable String admitted(RoutingContext request) {
        String feed = request.pathParam("feed");
        if (gatekeeper.admit(request, feed, Scope.MANAGE) == null) {
            return null;
        }
        if (!desks.has(feed)) {
            HttpProblem.of(Kind.NOT_FOUND).answer(request.response());
            return null;
        }
        return feed;
    }

    private void work(RoutingContext request, String feed, Function<Desk, Reply> work) {
        Context context = request.vertx().getOrCreateContext();
        try {
            workers.execute(() -> {
                Reply reply = reply(feed, work);
                context.runOnContext(back -> reply.give(request.response()));
            });
        } catch (RejectedExecutionException full) {
            HttpProblem.retry(Kind.UNAVAILABLE, 1, "Too much is under way.").answer(request.response());
        }
    }

    private Reply reply(String feed, Function<Desk, Reply> work) {
        try {
            return work.apply(desks.of(feed, keeper));
        } catch (Refusal refused) {
            return Verbs.refused(refused);
        } catch (IllegalArgumentException wrong) {
            return Reply.not(Kind.NOT_WELL_FORMED, String.valueOf(wrong.getMessage()));
        } catch (KafkaException e) {
            LOG.warn("Subscriptions cannot be read or written at the moment: {}", e.toString());
            return new Reply.Not(HttpProblem.retry(Kind.UNAVAILABLE, 2, ""));
        } catch (RuntimeException e) {
            LOG.error("A request about subscriptions failed", e);
            return new Reply.Not(HttpProblem.of(Kind.FAULT));
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
        desks.close();
    }
}
