package io.leat.gateway.access;

import io.leat.gateway.http.HttpProblem;
import io.leat.gateway.http.HttpProblem.Kind;
import io.leat.gateway.http.Part;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /v1/feeds/{feed}/tickets}: a ticket for a browser's event stream. */
public final class TicketsPart implements Part {

    private static final JsonMapper JSON = new JsonMapper();

    private final Gatekeeper gatekeeper;
    private final Set<String> feeds;

    /** @param feeds the names of those that are served */
    public TicketsPart(Gatekeeper gatekeeper, Set<String> feeds) {
        this.gatekeeper = gatekeeper;
        this.feeds = Set.copyOf(feeds);
    }

    @Override
    public void mount(Router router) {
        router.post("/v1/feeds/:feed/tickets").handler(this::give);
    }

    private void give(RoutingContext request) {
        String feed = request.pathParam("feed");
        Caller caller = gatekeeper.admit(request, feed, Scope.READ);
        if (caller != null && !feeds.contains(feed)) {
            HttpProblem.of(Kind.NOT_FOUND).answer(request.response());
        } else if (caller != null) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("ticket", gatekeeper.ticket(caller, feed));
            members.put("expires_in", Tickets.SECONDS);
            request.response()
                    .setStatusCode(201)
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Cache-Control", "no-store")
                    .end(Buffer.buffer(JSON.writeValueAsBytes(members)));
        }
    }
}
