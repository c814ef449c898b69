package io.leat.job;

import io.leat.core.Change;
import io.leat.core.Compared;
import io.leat.core.Feed;
import io.leat.core.Op;
import io.leat.core.RollForward;
import io.leat.core.Sameness;
import io.leat.format.ToldReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * What a feed file and a change log must have in common with those that a checkpoint was made with. Without a checkpoint
 * the log's own records tell. Used by the task's thread.
 */
final class FeedShape {

    /** What its part of a checkpoint is called. */
    static final String STATE = "shape";

    private static final String KEY = "key ";
    private static final String COMPARISON = "comparison ";
    private static final String HOLDS = "holds ";
    private static final String LEAVES = "gone ";
    private static final String ORDERS = "order ";
    private static final String UNALIGNED = "unaligned checkpoints";

    private final Feed feed;
    private final ListState<String> state;
    private final FormerRules rules;
    private final boolean isKeyKept;
    /** How many keys a log that is read from its beginning has that the feed would make otherwise, and one of them. */
    private long otherKeys;

    private String otherKey = "";

    private FeedShape(Feed feed, ListState<String> state) throws Exception {
        this.feed = feed;
        this.state = state;
        this.isKeyKept = isKeyKept(feed, state.get());
        this.rules = FormerRules.restore(feed, state.get(), isKeyKept);
    }

    static FeedShape restore(Feed feed, OperatorStateStore store) throws Exception {
        return new FeedShape(feed, store.getUnionListState(new ListStateDescriptor<>(STATE, Types.STRING)));
    }

    /** @param texts what a checkpoint says */
    static boolean isKeyKept(Feed feed, Iterable<String> texts) {
        for (String text : texts) {
            if (text.startsWith(KEY) && !text.equals(KEY + feed.key())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Names the rules by which keys of the former kind are read that are to be adopted, {@code null} if none are.
     *
     * @throws Refusal if they are to be adopted and nobody knows how they are read
     */
    @Nullable
    Integer adopts(Set<Refusal.Code> accepted) {
        boolean isChanged = !isKeyKept || otherKeys > 0;
        if (!isChanged
                || accepted.contains(Refusal.Code.KEY_CHANGED)
                || !accepted.contains(Refusal.Code.RULES_UNKNOWN)) {
            return null;
        }
        Integer former = isKeyKept ? null : rules.ofFormerKey();
        if (former == null) {
            throw new Refusal(
                    Refusal.Code.FORMER_KEY_UNKNOWN,
                    "Feed %s has another key now, and no checkpoint says what it was before.".formatted(feed.name()));
        }
        return former;
    }

    /** The rules that what is known was read by. */
    FormerRules rules() {
        return rules;
    }

    /**
     * Refuses what cannot be carried over.
     *
     * @param keys how many keys this task has
     * @param isChained whether records come from the same task, which takes nothing over from the way between tasks
     * @param accepted refusals that a person has overridden
     */
    void check(LongSupplier keys, boolean isChained, Set<Refusal.Code> accepted) throws Exception {
        for (String text : state.get()) {
            if (text.equals(UNALIGNED) && isChained) {
                throw Refusals.stop(new Refusal(
                        Refusal.Code.IN_FLIGHT,
                        "Feed %s has one task now, which takes nothing over from the way between tasks."
                                .formatted(feed.name())));
            }
            if (text.startsWith(KEY)
                    && !text.equals(KEY + feed.key())
                    && !accepted.contains(Refusal.Code.KEY_CHANGED)
                    && !accepted.contains(Refusal.Code.RULES_UNKNOWN)) {
                throw Refusals.stop(keyChanged(rules, text.substring(KEY.length()), feed, keys.getAsLong()));
            }
            if (text.equals(ORDERS + true) && !orders() && !accepted.contains(Refusal.Code.ORDER_REMOVED)) {
                throw Refusals.stop(new Refusal(
                        Refusal.Code.ORDER_REMOVED,
                        "Feed %s has neither time.out_of_orderness nor time.late now; the checkpoint was made with them."
                                .formatted(feed.name())));
            }
        }
    }

    /** What a checkpoint says of a former key where its rules do not say it. */
    static String keyOf(Iterable<String> texts) {
        for (String text : texts) {
            if (text.startsWith(KEY)) {
                return text.substring(KEY.length());
            }
        }
        return "";
    }

    /** @param unread the former key where an earlier version did not write down how it is read */
    static Refusal keyChanged(FormerRules rules, String unread, Feed feed, long keys) {
        Integer print = rules.ofFormerKey();
        Sameness then = print == null ? null : rules.named(print);
        return new Refusal(
                Refusal.Code.KEY_CHANGED,
                "The checkpoint was keyed by %s, the feed file says %s. It knows %s keys."
                        .formatted(then == null ? unread : KeyWords.of(then.key()), KeyWords.of(feed.key()), keys));
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
        texts.addAll(rules.texts());
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

    /**
     * The values of a change of the log that tell the next one.
     *
     * @param isFirst whether it is the first of its key in a log that is read from its beginning: then the key is looked at too
     */
    Compared compared(Change change, int sameness, boolean isFirst) {
        ToldReader reader = rules.told(sameness);
        if (change.op() == Op.GONE || change.op() == Op.RESET) {
            return Compared.NOTHING;
        }
        if (isFirst && !reader.isKeyed(change.after(), change.key())) {
            otherKeys++;
            otherKey = change.key();
        }
        return reader.compared(change.after());
    }

    /**
     * Ends the reading of the log.
     *
     * @throws Refusal if a log that was read from its beginning has keys that the feed would make otherwise
     */
    void checkKeys(Set<Refusal.Code> accepted) {
        if (otherKeys > 0
                && !accepted.contains(Refusal.Code.KEY_CHANGED)
                && !accepted.contains(Refusal.Code.RULES_UNKNOWN)) {
            throw otherKeys(otherKeys, otherKey, feed);
        }
    }

    /** Keys of the log, and one of them, which the feed would make otherwise. */
    static Refusal otherKeys(long count, String example, Feed feed) {
        return new Refusal(
                Refusal.Code.KEY_CHANGED,
                "The change log knows %s keys, such as %s, which are not what %s makes of their items."
                        .formatted(count, example, KeyWords.of(feed.key())));
    }
}
