package io.leat.format.contract;

/** The schema uses what only a general validator knows; the message names it. */
final class NotCompilable extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotCompilable(String what) {
        super(what);
    }
}
