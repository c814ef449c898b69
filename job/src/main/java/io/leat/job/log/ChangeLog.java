package io.leat.job.log;

import io.leat.core.Change;
import io.leat.core.HeldNote;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * The change log as one subtask sees it: the partitions that only it writes. Used by the task's thread.
 *
 * <p>Whatever the log cannot do ends the task: it throws from these methods, and it tells {@link Owner#failed} as soon as
 * a thread of its own knows.
 */
public interface ChangeLog extends AutoCloseable {

    /**
     * Makes this the only writer, then hands over what is committed. In this order: fence every former writer of the
     * owned partitions, read the committed records of each from {@code from} to its end, in log order.
     *
     * @param from for each partition the end of what the checkpoint reflects; a partition that is missing is read from its
     *     beginning
     * @param tail takes the records
     */
    void takeOver(Map<Integer, Long> from, Tail tail);

    /**
     * Reads what is committed in every partition by now, also in those of other subtasks, in the order of each partition.
     * Called once the log is taken over.
     */
    void readAll(Everything each);

    /** Stands for a moment that is not known. */
    long UNKNOWN = Long.MIN_VALUE;

    /**
     * Appends a change. It becomes visible to read_committed readers within the feed's {@code commit_every}.
     *
     * @param takenMillis when the broker took the scrape that told it, milliseconds since 1970; {@link #UNKNOWN} of one that
     *     was waited with
     */
    void append(int partition, Change change, long takenMillis);

    /**
     * Appends a note about a held item. Committed with the changes appended after it or before them, so that no change is
     * seen without the notes that were appended ahead of it.
     */
    void append(int partition, HeldNote note);

    /**
     * Commits everything appended and waits until readers of committed records can see it.
     *
     * @return for each owned partition an offset at or below its end, above which nothing was committed before this call
     */
    Map<Integer, Long> commit();

    /** Lets go at once. What is not committed is left to be aborted by the next owner. */
    @Override
    void close();

    /** Takes the committed tail. */
    interface Tail {

        /**
         * One record.
         *
         * @param sameness the fingerprint of the rules it was told by, {@link io.leat.core.Sameness#UNMARKED} if it does not say
         * @param fromBeginning whether the partition is read from its beginning, where compaction may have removed the
         *     oldest changes of a key
         */
        void told(int partition, long offset, Change change, int sameness, boolean fromBeginning);
    }

    /** Takes the committed records of all partitions. */
    interface Everything {

        /** @param sameness as of {@link Tail} */
        void told(Change change, int sameness);
    }

    /** Who owns the log. */
    interface Owner {

        /** A thread of the log has failed; called once, from that thread. */
        void failed(Throwable cause);

        /** The task's thread waits for room in the log, or goes on; called from that thread. */
        void waits(boolean isWaiting);

        /**
         * A change is visible to readers; called from the log's threads.
         *
         * @param takenMillis as it was appended
         */
        void committed(Change change, long takenMillis);
    }

    /** Opens a log for some partitions. */
    interface Opener extends Serializable {

        /** Opens it; takes nothing over yet. */
        ChangeLog open(List<Integer> partitions, Owner owner);
    }
}
