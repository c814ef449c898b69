package io.leat.delivery.batch;

/** An end that cannot be written to as it is: its subscription is stopped until a person has looked. */
public final class SinkRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final SinkCode code;

    /** @param reason a sentence for people */
    public SinkRefusal(SinkCode code, String reason) {
        super(code.code() + " " + reason);
        this.code = code;
    }

    /** Which of the reasons it is. */
    public SinkCode code() {
        return code;
    }
}
