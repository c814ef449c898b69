package io.leat.job;

import org.apache.flink.runtime.execution.SuppressRestartsException;

/** How a refusal ends the job: for good, since trying again would only meet the same. */
final class Refusals {

    private Refusals() {}

    /** The failure to throw for a refusal. */
    static RuntimeException stop(Refusal refusal) {
        return new SuppressRestartsException(refusal);
    }

    /** The failure to report for a cause: final if a refusal is in it. */
    static Throwable meaning(Throwable cause) {
        Refusal refusal = Refusal.in(cause);
        return refusal == null || cause instanceof SuppressRestartsException ? cause : stop(refusal);
    }
}
