package io.leat.job.log;

import java.io.Serializable;

/** Is told when the log reaches a step. Called on the threads that do the work; must return at once. */
public interface LogWatch extends Serializable {

    /** Watches nothing. */
    LogWatch NONE = step -> {};

    /** A step is reached. */
    void reached(LogStep step);
}
