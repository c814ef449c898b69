package io.leat.delivery;

/** What was asked for at the desk is not done. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final Reason reason;

    Refusal(Reason reason) {
        super(reason.sentence());
        this.reason = reason;
    }

    /** Why not. */
    public Reason reason() {
        return reason;
    }

    /** Why something is not done. */
    public enum Reason {
        UNKNOWN("There is no subscription of this name."),
        EXISTS("There is a subscription of this name already."),
        DECLARED("The feed file declares this subscription: it is changed there."),
        NOT_ACTIVE("The subscription is paused or disabled: it gets nothing until it is resumed."),
        NO_WEBHOOK("This subscription has no webhook: it has no address, no signing key and nothing to post."),
        NOT_ONE_BY_ONE(
                "Files are cut by the log alone and take no single change: mend what was wrong, then replay the subscription."),
        TOO_MANY("The feed has 5000 subscriptions made at run time already."),
        BUSY("Deliveries to it are still under way.");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        /** What a person is told. */
        public String sentence() {
            return sentence;
        }
    }
}
