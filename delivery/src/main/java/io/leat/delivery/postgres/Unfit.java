package io.leat.delivery.postgres;

/** A change that no row can hold as it is; the message says why. */
final class Unfit extends Exception {

    private static final long serialVersionUID = 1L;

    Unfit(String reason) {
        super(reason);
    }
}
