package io.leat.format.preview;

import io.leat.core.Change;
import io.leat.core.Decision;
import io.leat.core.Feed;
import io.leat.core.HeldNote;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Op;
import io.leat.core.Position;
import io.leat.core.Refusal;
import io.leat.core.Ruling;
import io.leat.core.Tally;
import io.leat.format.Fold;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One feed file at work on the records. Remembers every key. For one thread. */
final class Side implements Fold.Outcome {

    private final Feed feed;
    private final Fold fold;
    private final Consumer<Change> each;
    private final Map<String, Known> known = new HashMap<>();
    private final Map<String, Long> byRule = new TreeMap<>();
    private Fate fate = Fate.SILENT;
    private @Nullable Item item;

    Side(Feed feed, Consumer<Change> each) {
        this.feed = feed;
        this.each = each;
        this.fold = new Fold(feed, this);
    }

    /** Decides a record and says what became of it. */
    Fate take(byte[] value, long brokerTimeMillis, long offset) {
        fate = Fate.SILENT;
        item = null;
        fold.take(value, brokerTimeMillis, new Position(feed.source().topic(), 0, offset), Ruling.NONE);
        return fate;
    }

    @Override
    public void told(Change change) {
        if (change.op() == Op.GONE) {
            count("gone");
        } else {
            count(change.op() == Op.UPDATE ? "changed" : "new");
            change.changed().forEach(field -> count("changed: " + field));
            fate = new Fate(change.op() == Op.UPDATE ? Fate.Kind.CHANGED : Fate.Kind.NEW, change, "");
        }
        each.accept(change);
    }

    @Override
    public void noted(HeldNote note) {
        note.doubts().forEach(doubt -> count("held: " + doubt.path() + " " + doubt.rule()));
    }

    @Override
    public void refused(Refusal refusal) {
        count("refused: " + refusal.code().word() + (refusal.field().isEmpty() ? "" : " " + refusal.field()));
        fate = new Fate(Fate.Kind.REFUSED, null, refusal.code().word() + " " + refusal.message());
    }

    @Override
    public void decided(@Nullable Known before, Item item, Decision decision, List<HeldNote> notes) {
        this.item = item;
        Known next = decision.next();
        if (next != null) {
            known.put(item.key(), next);
        }
        if (decision instanceof Decision.OnHold) {
            fate = new Fate(Fate.Kind.HELD, null, "");
        } else if (!(decision instanceof Decision.Told)) {
            fate = Fate.SILENT;
        }
    }

    private void count(String rule) {
        byRule.merge(rule, 1L, Long::sum);
    }

    /** How often each rule was met, by its name. */
    Map<String, Long> byRule() {
        return byRule;
    }

    /** What the record at hand was decided as, {@code null} if it was not. */
    @Nullable
    Item item() {
        return item;
    }

    Map<String, Known> known() {
        return known;
    }

    Tally tally() {
        return fold.tally();
    }
}
