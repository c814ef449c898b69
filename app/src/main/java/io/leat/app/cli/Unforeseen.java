package io.leat.app.cli;

import io.leat.app.exit.Failure;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;

/** What to say of an exception that no command has words for. */
final class Unforeseen {

    private Unforeseen() {}

    /** The broker's word where it was the broker; otherwise it is a fault of Leat. */
    static Failure failure(Exception problem) {
        if (problem instanceof Failure known) {
            return known;
        }
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetriableException) {
                return Failure.runtime(
                                "LEAT-426",
                                "Kafka did not answer in time: %s.".formatted(sentence(cause)),
                                "Check that the broker is up and keeps up. The same command goes on where this one stopped.")
                        .because(problem);
            }
            if (cause instanceof ApiException) {
                return Failure.runtime(
                                "LEAT-427",
                                "Kafka refused: %s.".formatted(sentence(cause)),
                                "Check the credentials and the rights that Leat has there, and the broker's own log.")
                        .because(problem);
            }
        }
        return Failure.runtime(
                        "LEAT-499",
                        "Something went wrong that should not: %s.".formatted(problem),
                        "Please report it. " + Failure.LOG_SAYS_MORE)
                .because(problem);
    }

    private static String sentence(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message.replaceAll("\\.$", "");
    }
}
