package io.leat.gateway.http;

import io.vertx.ext.web.Router;

/** A part of the gateway that answers some paths. Called once, before the server listens. */
public interface Part {

    /** Adds its routes. Handlers run on event loops and must not block them. */
    void mount(Router router);
}
