package io.leat.gateway.page;

import io.leat.gateway.access.Caller;
import io.leat.gateway.access.Gatekeeper;
import io.leat.gateway.access.Scope;
import io.leat.gateway.http.Part;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /v1/access}: which feeds are served here, and what whoever asks may do with each. */
public final class AccessPart implements Part {

    private static final JsonMapper JSON = new JsonMapper();

    private final Gatekeeper gatekeeper;
    private final List<Map<String, Object>> feeds;
    private final String version;

    /** @param feeds what is told of each feed that is served: its {@code name}, and what a page needs beside it */
    public AccessPart(Gatekeeper gatekeeper, List<Map<String, Object>> feeds, String version) {
        this.gatekeeper = gatekeeper;
        this.feeds = List.copyOf(feeds);
        this.version = version;
    }

    @Override
    public void mount(Router router) {
        router.get("/v1/access").handler(this::tell);
    }

    private void tell(RoutingContext request) {
        Caller caller = gatekeeper.admit(request);
        if (caller == null) {
            return;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("version", version);
        members.put("keys", gatekeeper.asksForKeys());
        members.put(
                "feeds",
                feeds.stream()
                        .filter(feed -> !scopes(caller, feed).isEmpty())
                        .map(feed -> with(feed, scopes(caller, feed)))
                        .toList());
        request.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(Buffer.buffer(JSON.writeValueAsBytes(members)));
    }

    private static Map<String, Object> with(Map<String, Object> feed, List<String> may) {
        Map<String, Object> members = new LinkedHashMap<>(feed);
        members.put("may", may);
        return members;
    }

    private static List<String> scopes(Caller caller, Map<String, Object> feed) {
        String name = String.valueOf(feed.get("name"));
        return Arrays.stream(Scope.values())
                .filter(scope -> caller.may(name, scope))
                .map(Scope::word)
                .toList();
    }
}
