package io.leat.delivery.files;

import io.leat.delivery.guard.Guard;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Lets a request go only where the guard does. The name is looked up again for the connection, a moment later and from what this
 * process remembers of the first answer. Thread-safe.
 */
final class GuardedRequests implements ExecutionInterceptor {

    private static final long LOOK_UP_SECONDS = 5;

    private final Guard guard;

    GuardedRequests(Guard guard) {
        this.guard = guard;
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        String host = context.httpRequest().host();
        try {
            var unused = guard.check(host).toCompletableFuture().get(LOOK_UP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw SdkClientException.create(host + ": " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw SdkClientException.create(host + ": the look-up takes too long", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SdkClientException.create(host + ": interrupted", e);
        }
    }
}
