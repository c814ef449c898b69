package io.leat.app.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the collector takes what it is sent: said once when it does not, and once when it does again. Thread-safe. */
final class Reach {

    private static final Logger LOG = LoggerFactory.getLogger(Reach.class);

    private final AtomicBoolean lost = new AtomicBoolean();

    /** Looks at what comes of sending something. */
    CompletableResultCode of(CompletableResultCode sent) {
        return sent.whenComplete(() -> {
            if (!sent.isSuccess() && lost.compareAndSet(false, true)) {
                Throwable why = sent.getFailureThrowable();
                LOG.warn(
                        "OpenTelemetry's collector takes nothing: {}. Spans and figures meant for it are lost until it does;"
                                + " nothing else waits for it",
                        why == null ? "it does not answer" : String.valueOf(why.getMessage()));
            } else if (sent.isSuccess() && lost.compareAndSet(true, false)) {
                LOG.info("OpenTelemetry's collector takes what it is sent again");
            }
        });
    }

    boolean isLost() {
        return lost.get();
    }
}
