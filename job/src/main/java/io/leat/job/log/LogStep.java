package io.leat.job.log;

/** The moments of a change's way into the log at which a crash must do no harm. */
public enum LogStep {
    /** The transaction's records have reached the broker, nothing is committed. */
    SENT,
    /** The commit is about to be asked for. */
    COMMITTING,
    /** The commit has returned. */
    COMMITTED,
    /** Everything is committed, the barrier has not passed. */
    BEFORE_BARRIER,
    /** The state is in the snapshot. */
    SNAPSHOT_TAKEN,
    /** Former writers are about to be fenced. */
    FENCING,
    /** The committed tail is being read. */
    READING_TAIL
}
