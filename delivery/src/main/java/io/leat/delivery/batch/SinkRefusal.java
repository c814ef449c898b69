package io.leat.delivery.batch;

/** An end that cannot be written to as it is: its subscription is stopped until a person has looked. */
public final class SinkRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason a sentence for people, beginning with its code */
    public SinkRefusal(String reason) {
        super(reason);
    }
}
