package io.leat.delivery.lane;

/** What an outcome means for a delivery. */
enum Reading {
    /** The receiver has it. */
    DELIVERED,
    /** It did not work; this key is tried again later. */
    FAILED,
    /** It did not work, and the receiver asks to be left alone for a while. */
    THROTTLED,
    /** The receiver wants nothing more, ever. */
    GONE;

    /** Only 2xx is success: a redirect is a failure and is not followed. */
    static Reading of(Outcome outcome) {
        if (!(outcome instanceof Outcome.Answered answered)) {
            return FAILED;
        }
        int status = answered.status();
        if (status >= 200 && status <= 299) {
            return DELIVERED;
        }
        return switch (status) {
            case 410 -> GONE;
            case 429, 502, 503, 504 -> THROTTLED;
            default -> FAILED;
        };
    }
}
