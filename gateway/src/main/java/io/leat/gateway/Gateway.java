package io.leat.gateway;

import io.leat.gateway.http.FrontDoor;
import io.leat.gateway.http.Limits;
import io.leat.gateway.http.Part;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A gateway at work. Thread-safe. */
public final class Gateway implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final Vertx vertx;
    private final FrontDoor door;

    private Gateway(Vertx vertx, FrontDoor door) {
        this.vertx = vertx;
        this.door = door;
    }

    /**
     * Where a gateway listens.
     *
     * @param host an address of this machine
     * @param port 0 for any free one
     * @param tls {@code null} for plain HTTP
     */
    public record Address(String host, int port, FrontDoor.@Nullable Tls tls) {}

    /**
     * Starts to listen.
     *
     * @throws IllegalStateException if the address is taken or a file of TLS cannot be used
     */
    public static Gateway start(Address address, Limits limits) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));
        try {
            List<Part> parts = List.of(router -> router.get("/livez").handler(context -> context.response()
                    .putHeader("Content-Type", "application/json")
                    .end("{\"status\":\"ok\"}")));
            FrontDoor door = await(FrontDoor.open(vertx, address.host(), address.port(), address.tls(), limits, parts));
            return new Gateway(vertx, door);
        } catch (RuntimeException e) {
            await(vertx.close());
            throw e;
        }
    }

    /** Where it listens. */
    public int port() {
        return door.port();
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            throw new IllegalStateException(String.valueOf(e.getMessage()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        await(door.close());
        await(vertx.close());
    }
}
