package io.leat.gateway;

/** The gateway will not start like this. Carries what a person needs. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why it will not. */
    public enum Reason {
        /** The address is in use or none of this machine's. */
        ADDRESS,
        /** Beyond this machine, secrets would travel in clear. */
        NO_TLS,
        /** Beyond this machine, everybody could do everything. */
        NO_KEYS,
        /** Certificate or key cannot be used. */
        BAD_TLS
    }

    public Refused(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Refused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** The sentence; never null. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
