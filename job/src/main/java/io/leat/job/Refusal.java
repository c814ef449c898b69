package io.leat.job;

/**
 * Leat will not go on, because it would have to guess, lose or repeat something. Carries everything a person needs: a
 * stable code, a sentence and what to do.
 */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String hint;

    /**
     * @param code stable, {@code LEAT-3xx}
     * @param message one sentence
     * @param hint what to do; names the flag that overrides, where one is sane
     */
    public Refusal(String code, String message, String hint) {
        super(message);
        this.code = code;
        this.hint = hint;
    }

    /** The stable code. */
    public String code() {
        return code;
    }

    /** What to do. */
    public String hint() {
        return hint;
    }
}
