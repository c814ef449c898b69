package io.leat.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts connections and closes those that come too many, or that do not say what they want in time.
 *
 * <p>Deadlines are absolute: a client that sends a byte now and then gains nothing by it. Thread-safe.
 */
final class Connections {

    private final Vertx vertx;
    private final Limits limits;
    private final Proxies proxies;
    private final Map<HttpConnection, Deadline> open = new ConcurrentHashMap<>();
    private final Map<String, Integer> byAddress = new HashMap<>();
    private int count;

    Connections(Vertx vertx, Limits limits, Proxies proxies) {
        this.vertx = vertx;
        this.limits = limits;
        this.proxies = proxies;
    }

    /** How many are open. */
    synchronized int count() {
        return count;
    }

    void opened(HttpConnection connection) {
        String address = connection.remoteAddress() == null
                ? ""
                : String.valueOf(connection.remoteAddress().hostAddress());
        if (!admit(address, proxies.isOne(connection.remoteAddress()))) {
            connection.close();
            return;
        }
        Deadline deadline = new Deadline(connection);
        open.put(connection, deadline);
        connection.closeHandler(closed -> {
            open.remove(connection);
            deadline.disarm();
            release(address);
        });
        deadline.arm(limits.headerWithin().toMillis());
    }

    /**
     * A request's headers are there; the next ones' time starts when all that are under way have been answered.
     *
     * @return whether it is to be answered: its connection may have been given up before it came
     */
    boolean asked(HttpServerRequest request) {
        Deadline deadline = open.get(request.connection());
        if (deadline == null || deadline.isOver()) {
            return false;
        }
        deadline.begun();
        request.response().endHandler(ended -> deadline.answered());
        return true;
    }

    /** No further request of this connection is answered: where one ends and the next begins is unclear. */
    void giveUp(HttpConnection connection) {
        Deadline deadline = open.get(connection);
        if (deadline != null) {
            deadline.giveUp();
        }
    }

    /** @param proxy whether many clients are behind the address */
    private synchronized boolean admit(String address, boolean proxy) {
        int mine = byAddress.getOrDefault(address, 0);
        if (count >= limits.connections() || !proxy && mine >= limits.connectionsPerAddress()) {
            return false;
        }
        count++;
        byAddress.put(address, mine + 1);
        return true;
    }

    private synchronized void release(String address) {
        count--;
        byAddress.computeIfPresent(address, (same, mine) -> mine == 1 ? null : mine - 1);
    }

    /** Closes its connection unless it is disarmed in time. An HTTP/2 connection carries many requests at once. */
    private final class Deadline {

        private final HttpConnection connection;
        private @Nullable Long timer;
        private int underWay;
        private boolean over;

        Deadline(HttpConnection connection) {
            this.connection = connection;
        }

        synchronized boolean isOver() {
            return over;
        }

        synchronized void giveUp() {
            over = true;
        }

        synchronized void begun() {
            underWay++;
            disarm();
        }

        synchronized void answered() {
            if (--underWay == 0) {
                arm(limits.keepAlive().toMillis());
            }
        }

        synchronized void arm(long millis) {
            disarm();
            timer = vertx.setTimer(millis, passed -> connection.close());
        }

        synchronized void disarm() {
            if (timer != null) {
                vertx.cancelTimer(timer);
                timer = null;
            }
        }
    }
}
