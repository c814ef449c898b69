package io.leat.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a lane gets far behind the log, some time before the log keeps no more than the newest change of each key. Pure; for
 * one thread.
 */
final class FarBehind {

    /** The log keeps every change for seven days. */
    static final Duration ALARM = Duration.ofDays(5);

    private static final Duration AGAIN = Duration.ofHours(1);

    private long silentUntil;

    /**
     * The oldest change that waits.
     *
     * @param appendedMillis when the broker appended it, milliseconds since 1970
     * @return what people are to be told, once an hour; {@code null} for nothing
     */
    @Nullable
    String look(long appendedMillis, long nowMillis) {
        long behind = nowMillis - appendedMillis;
        if (behind < ALARM.toMillis() || nowMillis < silentUntil) {
            return null;
        }
        silentUntil = nowMillis + AGAIN.toMillis();
        return "LEAT-533 it is %s days behind: after seven the log keeps but the newest change of each key, and the rest is lost to it"
                .formatted(Duration.ofMillis(behind).toDays());
    }
}
