package io.leat.gateway.status;

import io.leat.gateway.access.Gatekeeper;
import io.leat.gateway.access.Scope;
import io.leat.gateway.http.Part;
import io.leat.gateway.metrics.Meters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** {@code /livez}, {@code /readyz}, {@code /version}, {@code /metrics} and {@code /openapi.json}. */
public final class StatusPart implements Part {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String JSON_TYPE = "application/json";

    private final String version;
    private final Gatekeeper gatekeeper;
    private final Meters meters;
    private final Checks checks;
    private final Buffer openApi = Buffer.buffer(resource("/io/leat/gateway/openapi.json"));

    /**
     * The status of a gateway.
     *
     * @param checks what has to hold for the process to do its work
     */
    public StatusPart(String version, Gatekeeper gatekeeper, Meters meters, Checks checks) {
        this.version = version;
        this.gatekeeper = gatekeeper;
        this.meters = meters;
        this.checks = checks;
    }

    @Override
    public void mount(Router router) {
        looked(router, "/livez").handler(request -> json(request.response(), Map.of("status", "ok")));
        looked(router, "/readyz").handler(this::ready);
        looked(router, "/version").handler(request -> json(request.response(), Map.of("version", version)));
        looked(router, "/metrics").handler(this::figures);
        looked(router, "/openapi.json")
                .handler(request ->
                        request.response().putHeader("Content-Type", JSON_TYPE).end(openApi));
    }

    /** Monitors often ask for the head alone. */
    private static Route looked(Router router, String path) {
        return router.get(path).method(HttpMethod.HEAD);
    }

    private void ready(RoutingContext request) {
        Map<String, Object> told = new LinkedHashMap<>();
        Map<String, Checks.State> states = checks.look();
        states.forEach((name, state) -> told.put(name, told(state)));
        boolean ready = states.values().stream().allMatch(Checks.State::holds);
        request.response().setStatusCode(ready ? 200 : 503);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("status", ready ? "ok" : "not ready");
        members.put("checks", told);
        json(request.response(), members);
    }

    private static Map<String, Object> told(Checks.State state) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("ok", state.holds());
        members.put("last_ok_seconds", state.ageMillis() < 0 ? null : state.ageMillis() / 1_000.0);
        return members;
    }

    private void figures(RoutingContext request) {
        if (gatekeeper.admit(request, Scope.EVERY_FEED, Scope.READ) == null) {
            return;
        }
        request.response().putHeader("Content-Type", meters.contentType()).end(Buffer.buffer(meters.text()));
    }

    private static void json(HttpServerResponse response, Map<String, ?> members) {
        response.putHeader("Content-Type", JSON_TYPE)
                .putHeader("Cache-Control", "no-store")
                .end(Buffer.buffer(JSON.writeValueAsBytes(members)));
    }

    private static byte[] resource(String name) {
        try (InputStream in = StatusPart.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
