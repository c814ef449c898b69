package io.leat.app.exit;

import org.jspecify.annotations.Nullable;

/** The command cannot go on. Carries what a person needs: what happened and what to do. */
public final class Failure extends RuntimeException {

    /** A hint, or its last sentence. Where no log is kept, the cause is printed instead. */
    public static final String LOG_SAYS_MORE = "The log file in the data directory says more.";

    private static final long serialVersionUID = 1L;

    private final Exit exit;
    private final String code;
    private final String hint;

    /**
     * @param exit how the command ends
     * @param code stable, {@code LEAT-4xx}
     * @param message one sentence
     * @param hint what to do; empty if the sentence says it all
     */
    public Failure(Exit exit, String code, String message, String hint) {
        super(message);
        this.exit = exit;
        this.code = code;
        this.hint = hint;
    }

    /** Something failed while running. */
    public static Failure runtime(String code, String message, String hint) {
        return new Failure(Exit.RUNTIME, code, message, hint);
    }

    /** The machine, the directory or the broker is not as it must be. */
    public static Failure environment(String code, String message, String hint) {
        return new Failure(Exit.ENVIRONMENT, code, message, hint);
    }

    /** The same failure with its cause kept for the log. */
    public Failure because(@Nullable Throwable cause) {
        initCause(cause);
        return this;
    }

    /** How the command ends. */
    public Exit exit() {
        return exit;
    }

    /** The stable code. */
    public String code() {
        return code;
    }

    /** What to do; may be empty. */
    public String hint() {
        return hint;
    }

    /** The sentence of this failure; never null. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
