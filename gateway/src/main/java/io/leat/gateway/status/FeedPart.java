package io.leat.gateway.status;

import io.leat.gateway.access.Gatekeeper;
import io.leat.gateway.access.Scope;
import io.leat.gateway.http.HttpProblem;
import io.leat.gateway.http.HttpProblem.Kind;
import io.leat.gateway.http.JsonAnswer;
import io.leat.gateway.http.Part;
import io.leat.gateway.status.TraceQuestion.By;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/feeds/{feed}/status}, {@code /v1/feeds/{feed}/history} and {@code /v1/feeds/{feed}/trace}.
 *
 * <p>Limits: a trace reads topics, so one is made at a time and {@value #QUEUE} wait for it; a status is made beside them.
 */
public final class FeedPart implements Part, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedPart.class);
    private static final int QUEUE = 8;

    private final Gatekeeper gatekeeper;
    private final FeedAccounts accounts;
    private final ThreadPoolExecutor looking = worker("leat-gateway-status");
    private final ThreadPoolExecutor tracing = worker("leat-gateway-trace");

    public FeedPart(Gatekeeper gatekeeper, FeedAccounts accounts) {
        this.gatekeeper = gatekeeper;
        this.accounts = accounts;
    }

    private static ThreadPoolExecutor worker(String name) {
        ThreadPoolExecutor worker =
                new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), work -> {
                    Thread thread = new Thread(work, name);
                    thread.setDaemon(true);
                    return thread;
                });
        worker.allowCoreThreadTimeOut(true);
        return worker;
    }

    @Override
    public void mount(Router router) {
        router.get("/v1/feeds/:feed/status").handler(request -> {
            FeedAccount account = account(request, Scope.READ);
            if (account != null) {
                work(looking, request, account, FeedAccount::status);
            }
        });
        router.get("/v1/feeds/:feed/history").handler(request -> {
            FeedAccount account = account(request, Scope.READ);
            if (account != null) {
                work(looking, request, account, FeedAccount::history);
            }
        });
        router.get("/v1/feeds/:feed/trace").handler(request -> {
            FeedAccount account = account(request, Scope.MANAGE);
            if (account != null) {
                trace(request, account);
            }
        });
    }

    private @Nullable FeedAccount account(RoutingContext request, Scope scope) {
        String feed = request.pathParam("feed");
        if (gatekeeper.admit(request, feed, scope) == null) {
            return null;
        }
        FeedAccount account = accounts.of(feed);
        if (account == null) {
            HttpProblem.of(Kind.NOT_FOUND).answer(request.response());
        }
        return account;
    }

    private void trace(RoutingContext request, FeedAccount account) {
        TraceQuestion question = question(request.queryParams());
        if (question == null) {
            HttpProblem.of(
                            Kind.NOT_WELL_FORMED,
                            "Ask with one of key, position and change, and last from 1 to %s."
                                    .formatted(TraceQuestion.MOST))
                    .answer(request.response());
            return;
        }
        work(tracing, request, account, each -> each.trace(question));
    }

    private static @Nullable TraceQuestion question(MultiMap query) {
        List<By> asked = Arrays.stream(By.values())
                .filter(by -> query.contains(name(by)))
                .toList();
        if (asked.size() != 1 || query.getAll(name(asked.get(0))).size() != 1) {
            return null;
        }
        String text = query.get(name(asked.get(0)));
        String last = query.contains("last") ? query.get("last") : Integer.toString(TraceQuestion.USUAL);
        if (text.isEmpty() || text.length() > TraceQuestion.LONGEST || !last.matches("[0-9]{1,4}")) {
            return null;
        }
        int most = Integer.parseInt(last);
        return most < 1 || most > TraceQuestion.MOST ? null : new TraceQuestion(asked.get(0), text, most);
    }

    private static String name(By by) {
        return by.name().toLowerCase(Locale.ROOT);
    }

    private static void work(
            ThreadPoolExecutor worker,
            RoutingContext request,
            FeedAccount account,
            Function<FeedAccount, @Nullable ObjectNode> work) {
        Context context = request.vertx().getOrCreateContext();
        try {
            worker.execute(() -> {
                if (request.response().closed()) {
                    return; // nobody waits for it any more
                }
                Object answer = answer(account, work);
                context.runOnContext(back -> JsonAnswer.give(request.response(), answer));
            });
        } catch (RejectedExecutionException full) {
            HttpProblem.retry(Kind.UNAVAILABLE, 1, "Too much is under way.").answer(request.response());
        }
    }

    /** JSON, or why there is none. */
    private static Object answer(FeedAccount account, Function<FeedAccount, @Nullable ObjectNode> work) {
        try {
            ObjectNode told = work.apply(account);
            return told == null
                    ? HttpProblem.of(Kind.NOT_FOUND, "No topic of the feed knows what is asked about.")
                    : told;
        } catch (IllegalArgumentException wrong) {
            return HttpProblem.of(Kind.NOT_WELL_FORMED, String.valueOf(wrong.getMessage()));
        } catch (FeedAccount.TooCostly costly) {
            return HttpProblem.of(Kind.TOO_COSTLY, String.valueOf(costly.getMessage()));
        } catch (KafkaException e) {
            LOG.warn("The topics of a feed cannot be read at the moment: {}", e.toString());
            return HttpProblem.retry(Kind.UNAVAILABLE, 2, "");
        } catch (RuntimeException e) {
            LOG.error("A request about a feed failed", e);
            return HttpProblem.of(Kind.FAULT);
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
        tracing.shutdownNow();
    }
}
