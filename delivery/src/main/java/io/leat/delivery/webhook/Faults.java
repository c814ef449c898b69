package io.leat.delivery.webhook;

import io.leat.delivery.guard.Guard;
import io.leat.delivery.lane.Outcome;
import io.leat.delivery.lane.Outcome.Fault;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;

/** What an exception says about an attempt. */
final class Faults {

    private Faults() {}

    static Outcome.Failed of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof Guard.Refused) {
            return new Outcome.Failed(Fault.ADDRESS_REFUSED, String.valueOf(cause.getMessage()));
        }
        for (Throwable at = cause; at != null; at = at.getCause()) {
            Fault fault = fault(at);
            if (fault != null) {
                return new Outcome.Failed(fault, "");
            }
        }
        return new Outcome.Failed(Fault.CONNECTION_RESET, cause.getClass().getSimpleName());
    }

    private static @org.jspecify.annotations.Nullable Fault fault(Throwable at) {
        if (at instanceof UnknownHostException) {
            return Fault.NAME_UNKNOWN;
        }
        if (at instanceof SSLException) {
            return Fault.TLS_FAILED;
        }
        if (at instanceof ConnectException
                || at instanceof NoRouteToHostException
                || at instanceof ConnectionPoolTooBusyException
                || at instanceof io.netty.channel.ConnectTimeoutException) {
            return Fault.CONNECT_FAILED;
        }
        if (at instanceof TooLongFrameException
                || at instanceof IllegalArgumentException
                || (at instanceof DecoderException && at.getCause() == null)) {
            return Fault.BAD_ANSWER;
        }
        return at instanceof SocketException ? Fault.CONNECTION_RESET : null;
    }
}
