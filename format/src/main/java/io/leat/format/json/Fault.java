package io.leat.format.json;

import io.leat.core.Refusal.Code;

/** Ends the reading of a text. Without a trace, as there can be one for each record. */
final class Fault extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Code code;

    Fault(Code code, String sentence) {
        super(sentence, null, false, false);
        this.code = code;
    }

    Code code() {
        return code;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
