package io.leat.delivery.kafka;

import io.leat.delivery.batch.SinkCode;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/** What a failure of a Kafka client means for its sink. */
final class Fault {

    private static final int MOST_TEXT = 300;
    private static final int MOST_CAUSES = 10;

    private Fault() {}

    /** Why it will not pass by itself; {@code null} if it may. */
    static @Nullable SinkCode code(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            SinkCode code = codeOf(cause);
            if (code != null) {
                return code;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static @Nullable SinkCode codeOf(Throwable e) {
        if (e instanceof AuthenticationException || e instanceof AuthorizationException) {
            return SinkCode.CLUSTER_REFUSES_US;
        }
        if (e instanceof RecordTooLargeException
                || e instanceof RecordBatchTooLargeException
                || e instanceof InvalidRecordException
                || e instanceof PolicyViolationException) {
            return SinkCode.CHANGE_REFUSED;
        }
        if (e instanceof InvalidTopicException) {
            return SinkCode.TOPIC_IS_ANOTHER;
        }
        if (e instanceof UnsupportedVersionException) {
            return SinkCode.BROKER_TOO_OLD;
        }
        return null;
    }

    /** Whether a client that could not be made may be made later: a name is unknown, a file cannot be read. */
    static boolean passesOnceMade(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            if (cause instanceof IOException
                    || String.valueOf(cause.getMessage()).startsWith("No resolvable bootstrap")) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** What lies at the bottom of a failure, in one line. */
    static String deepest(Throwable failure) {
        Throwable cause = failure;
        for (Throwable next = cause.getCause(); next != null && next != cause; next = cause.getCause()) {
            cause = next;
        }
        return words(cause);
    }

    /** What the client said, in one line. */
    static String words(Throwable failure) {
        Throwable e =
                failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        String line = (e.getClass().getSimpleName() + " " + String.valueOf(e.getMessage())).replaceAll("\\s+", " ");
        return line.length() > MOST_TEXT ? line.substring(0, MOST_TEXT) + "…" : line;
    }
}
