package io.leat.format.propose;

import io.leat.core.Change;
import io.leat.core.Feed;
import io.leat.core.Op;
import io.leat.core.Position;
import io.leat.core.Refusal;
import io.leat.core.Ruling;
import io.leat.core.Tally;
import io.leat.format.Fold;
import io.leat.format.contract.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a feed would come to over some records: a dry run that counts. Remembers every key. For one thread. */
public final class Rehearsal {

    private static final int EXAMPLES = 3;

    private final Feed feed;
    private final Fold fold;
    private final Map<String, Long> changesByField = new TreeMap<>();
    private final List<Change> examples = new ArrayList<>();
    private final Findings refusals = new Findings();
    private long updates;
    private long offset;

    /** @param told takes every change besides */
    public Rehearsal(Feed feed, Consumer<Change> told) {
        this.feed = feed;
        this.fold = new Fold(feed, new Fold.Outcome() {
            @Override
            public void told(Change change) {
                count(change);
                told.accept(change);
            }

            @Override
            public void refused(Refusal refusal) {
                refusals.add(refusal, "record " + offset);
            }
        });
    }

    private void count(Change change) {
        if (change.op() != Op.UPDATE) {
            return;
        }
        updates++;
        change.changed().forEach(field -> changesByField.merge(field, 1L, Long::sum));
        if (examples.size() < EXAMPLES) {
            examples.add(change);
        }
    }

    /** Decides the next record; its place in the records is its offset. */
    public void take(byte[] value, long brokerTimeMillis) {
        offset++;
        fold.take(value, brokerTimeMillis, new Position(feed.source().topic(), 0, offset - 1), Ruling.NONE);
    }

    /** Where the records went. */
    public Tally tally() {
        return fold.tally();
    }

    /** How many records of a key known already were told. */
    public long updates() {
        return updates;
    }

    /** How many of these name a field, by field. */
    public Map<String, Long> changesByField() {
        return changesByField;
    }

    /** The first of these. */
    public List<Change> examples() {
        return List.copyOf(examples);
    }

    /** Why records were refused. */
    public Findings refusals() {
        return refusals;
    }

    /** How many stale records show other values than one of the same key and moment. */
    public long tied() {
        return fold.tied();
    }
}
