package io.leat.format;

import io.leat.core.Refusal;

/** A part of an item that was looked for in a record. */
sealed interface Lookup<T> {

    /** It is there. */
    record Found<T>(T value) implements Lookup<T> {}

    /** It is not, or it is of no use. */
    record Missing<T>(Refusal refusal) implements Lookup<T> {}

    /** What was found, for one who knows that it was. */
    default T found() {
        return ((Found<T>) this).value();
    }
}
