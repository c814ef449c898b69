package io.leat.delivery.lane;

import java.util.Locale;

/** What came of one attempt. */
public sealed interface Outcome {

    /** No {@code Retry-After} was given. */
    long NO_WISH = -1;

    /**
     * The receiver answered.
     *
     * @param status the HTTP status
     * @param retryAfterMillis how long it asks to be left alone, or {@link #NO_WISH}
     */
    record Answered(int status, long retryAfterMillis) implements Outcome {

        /** An answer without a wish. */
        public static Answered of(int status) {
            return new Answered(status, NO_WISH);
        }
    }

    /**
     * There was no answer.
     *
     * @param detail one short phrase for people; empty if the fault says it all
     */
    record Failed(Fault fault, String detail) implements Outcome {}

    /** Why there was no answer. The words are public. */
    enum Fault {
        /** The host's name has no address, or the look-up took too long. */
        NAME_UNKNOWN,
        /** The address is one that deliveries must not go to. */
        ADDRESS_REFUSED,
        /** No connection came about. */
        CONNECT_FAILED,
        /** The certificate or the handshake is not acceptable. */
        TLS_FAILED,
        /** The connection broke before the answer. */
        CONNECTION_RESET,
        /** The deadline passed. */
        TIMEOUT,
        /** The answer's headers are too many or too long, or it is no HTTP. */
        BAD_ANSWER,
        /** What lies there is no change: it was never sent. */
        CANNOT_BE_READ,
        /** An end that is no webhook does not take it, or cannot be reached. */
        NOT_TAKEN;

        /** The word in the attempts log. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
