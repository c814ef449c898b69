package io.leat.job;

import io.leat.core.Change;
import io.leat.core.Compared;
import io.leat.core.Feed;
import io.leat.core.Op;
import io.leat.core.RollForward;
import io.leat.format.ToldReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a feed file and a change log must have in common with those that a checkpoint was made with. Without a checkpoint
 * the log's own records tell. Used by the task's thread.
 */
final class FeedShape {

    private static final Logger LOG = LoggerFactory.getLogger(FeedShape.class);

    private static final String KEY = "key ";
    private static final String COMPARISON = "comparison ";
    private static final String HOLDS = "holds ";
    private static final String LEAVES = "gone ";
    private static final String ORDERS = "order ";
    private static final String UNALIGNED = "unaligned checkpoints";

    private final Feed feed;
    private final ListState<String> state;

    private FeedShape(Feed feed, ListState<String> state) {
        this.feed = feed;
        this.state = state;
    }

    static FeedShape restore(Feed feed, OperatorStateStore store) throws Exception {
        return new FeedShape(feed, store.getUnionListState(new ListStateDescriptor<>("shape", Types.STRING)));
    }

    /**
     * Refuses what cannot be carried over.
     *
     * @param isChained whether records come from the same task, which takes nothing over from the way between tasks
     * @param accepted refusals that a person has overridden
     */
    void check(boolean isChained, Set<Refusal.Code> accepted) throws Exception {
        for (String text : state.get()) {
            if (text.equals(UNALIGNED) && isChained) {
                throw Refusals.stop(new Refusal(
                        Refusal.Code.IN_FLIGHT,
                        "Feed %s has one task now, which takes nothing over from the way between tasks."
                                .formatted(feed.name())));
            }
            if (text.startsWith(KEY) && !text.equals(KEY + feed.key())) {
                throw Refusals.stop(new Refusal(
                        Refusal.Code.KEY_CHANGED,
                        "The checkpoint was keyed by %s, the feed file says %s."
                                .formatted(text.substring(KEY.length()), feed.key())));
            }
            if (text.equals(ORDERS + true) && !orders() && !accepted.contains(Refusal.Code.ORDER_REMOVED)) {
                throw Refusals.stop(new Refusal(
                        Refusal.Code.ORDER_REMOVED,
                        "Feed %s has neither time.out_of_orderness nor time.late now; the checkpoint was made with them."
                                .formatted(feed.name())));
            }
            if (text.startsWith(COMPARISON) && !text.equals(COMPARISON + feed.comparison())) {
                LOG.info(
                        "Feed {} now compares {} (before: {}). A field that was not compared before is learned from "
                                + "the next record of each key and told when it changes after that.",
                        feed.name(),
                        feed.comparison(),
                        text.substring(COMPARISON.length()));
            }
        }
    }

    /** Whether something may be held that nobody will confirm, since the feed holds nothing any more. */
    boolean mayHoldInVain() throws Exception {
        return !holds() && mayHaveBeen(HOLDS);
    }

    /** Whether something may wait for surveys that nobody makes, since the feed tells of no key any more that it is gone. */
    boolean mayWaitInVain() throws Exception {
        return !leaves() && mayHaveBeen(LEAVES);
    }

    /** A checkpoint of an earlier version does not say. */
    private boolean mayHaveBeen(String what) throws Exception {
        boolean wasSaid = false;
        for (String text : state.get()) {
            if (text.equals(what + true)) {
                return true;
            }
            wasSaid |= text.equals(what + false);
        }
        return !wasSaid && state.get().iterator().hasNext();
    }

    private boolean holds() {
        return !feed.rules().hold().isEmpty();
    }

    private boolean leaves() {
        return feed.rules().gone() != null;
    }

    private boolean orders() {
        return feed.time().order().isAsked();
    }

    void snapshot(boolean isUnaligned) throws Exception {
        List<String> texts = new ArrayList<>(List.of(
                KEY + feed.key(),
                COMPARISON + feed.comparison(),
                HOLDS + holds(),
                LEAVES + leaves(),
                ORDERS + orders()));
        if (isUnaligned) {
            texts.add(UNALIGNED);
        }
        state.update(texts);
    }

    /** The checkpoint reflects every partition of the log that there was. */
    static void checkPartitions(Map<Integer, Long> restoredEnds, int logPartitions) {
        if (!restoredEnds.isEmpty() && restoredEnds.size() != logPartitions) {
            throw otherPartitions("It had %s when the checkpoint was made, now it has %s."
                    .formatted(restoredEnds.size(), logPartitions));
        }
    }

    /** A change stands in the partition that its key belongs to. */
    static void checkPlace(Change change, int partition, int belongs) {
        if (partition != belongs) {
            throw otherPartitions("Key %s stands in partition %s and would now be written to partition %s."
                    .formatted(change.key(), partition, belongs));
        }
    }

    /** Whether changes may be missing ahead of one. */
    static void checkGap(RollForward.Gap gap, Change change, int partition, long offset, Set<Refusal.Code> accepted) {
        if (!accepted.contains(Refusal.Code.SEQ_GAP) && !accepted.contains(Refusal.Code.TAIL_DELETED)) {
            throw new Refusal(
                    Refusal.Code.SEQ_GAP,
                    "Partition %s, offset %s: change %s of key %s stands where %s was expected."
                            .formatted(partition, offset, change.seq(), change.key(), gap.expectedSeq()));
        }
    }

    private static Refusal otherPartitions(String sentence) {
        return new Refusal(Refusal.Code.LOG_PARTITIONS, sentence);
    }

    /** The values of a change of the log that tell the next one; in a log read from its beginning, its key is looked at too. */
    Compared compared(ToldReader reader, Change change, boolean fromBeginning) {
        if (change.op() == Op.GONE || change.op() == Op.RESET) {
            return Compared.NOTHING;
        }
        if (fromBeginning && !reader.isKeyed(change.after(), change.key())) {
            throw new Refusal(
                    Refusal.Code.KEY_CHANGED,
                    "The change log knows a key %s, which is not what %s makes of that item."
                            .formatted(change.key(), feed.key()));
        }
        return reader.compared(change.after());
    }
}
