package io.leat.gateway.audit;

import io.leat.gateway.access.Caller;
import io.leat.gateway.access.Gatekeeper;
import io.leat.gateway.http.Part;
import io.leat.gateway.http.Proxies;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes down every action of an admitted caller once it is answered: who, when, what, and how it ended. Scrapes and
 * tickets are no actions. Of what was sent only what a part says of it is written ({@link #about}), never the body.
 */
public final class AuditPart implements Part {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ABOUT = "leat.audit.about";
    private static final String PREFIX = "/v1/feeds/";
    private static final Set<String> NO_ACTIONS = Set.of("records", "tickets");

    private final InstantSource clock;
    private final Proxies proxies;
    private final BiConsumer<String, byte[]> log;

    /**
     * @param proxies who is believed when they say for whom they ask
     * @param log takes the feed and a line about it; must not wait
     */
    public AuditPart(InstantSource clock, Proxies proxies, BiConsumer<String, byte[]> log) {
        this.clock = clock;
        this.proxies = proxies;
        this.log = log;
    }

    /** Has what an action is about written with it. */
    public static void about(RoutingContext request, Map<String, ?> what) {
        request.put(ABOUT, what);
    }

    @Override
    public void mount(Router router) {
        router.route(PREFIX + "*").handler(request -> {
            if (isAction(request)) {
                request.addEndHandler(over -> note(request));
            }
            request.next();
        });
    }

    private static boolean isAction(RoutingContext request) {
        HttpMethod method = request.request().method();
        String[] parts = request.normalizedPath().substring(PREFIX.length()).split("/", -1);
        return !method.equals(HttpMethod.GET)
                && !method.equals(HttpMethod.HEAD)
                && parts.length > 1
                && !NO_ACTIONS.contains(parts[1]);
    }

    private void note(RoutingContext request) {
        Caller caller = Gatekeeper.callerOf(request);
        if (caller == null) {
            return;
        }
        String path = request.normalizedPath().substring(PREFIX.length());
        String feed = path.substring(0, path.indexOf('/'));
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("at", Instant.ofEpochMilli(clock.millis()).toString());
        line.put("feed", feed);
        line.put("caller", caller.id());
        line.put("address", proxies.client(request.request()));
        line.put(
                "action",
                request.request().method() + path.substring(path.indexOf('/')).replaceFirst("^/", " "));
        Object about = request.get(ABOUT);
        if (about != null) {
            line.put("about", about);
        }
        line.put("status", request.response().getStatusCode());
        log.accept(feed, JSON.writeValueAsBytes(line));
    }
}
