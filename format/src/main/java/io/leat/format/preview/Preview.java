package io.leat.format.preview;

import io.leat.core.Change;
import io.leat.core.Changes;
import io.leat.core.Compared;
import io.leat.core.Decision;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Limits;
import io.leat.core.Sameness;
import io.leat.core.Tally;
import io.leat.format.Rereader;
import io.leat.format.json.Document;
import io.leat.format.json.DocumentReader;
import io.leat.format.json.JsonKind;
import io.leat.format.json.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides the same records under two feed files and keeps count of where they part. Decisions are pure: a job at work under
 * the old one is not touched. Remembers every key twice. For one thread.
 */
public final class Preview {

    private static final int MOST_DIFFERENCES = 10;
    private static final int MOST_SITES = 1_000;
    private static final String OTHER_SITES = "(others)";

    private final Feed old;
    private final Feed now;
    private final Side oldSide;
    private final Side newSide;
    private final Name @Nullable [] site;
    private final DocumentReader reader = new DocumentReader(Limits.WIDEST);
    private final Map<String, long[]> bySite = new TreeMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private final Set<String> toldAgain = new HashSet<>();
    private final Rereader rereader;
    private final Changes changes;
    private long offset;
    private long differing;

    /**
     * A preview before the first record.
     *
     * @param told takes every change that the old file tells
     * @param tells takes every change that the new file tells
     */
    public Preview(Feed old, Feed now, Consumer<Change> told, Consumer<Change> tells) {
        this.old = old;
        this.now = now;
        this.oldSide = new Side(old, told);
        this.newSide = new Side(now, tells);
        this.rereader = new Rereader(Sameness.of(old), Sameness.of(now));
        this.changes = new Changes(now);
        FieldPath by = siteOf(now) == null ? siteOf(old) : siteOf(now);
        this.site = by == null ? null : Name.path(by);
    }

    private static @Nullable FieldPath siteOf(Feed feed) {
        return feed.watch() == null ? null : feed.watch().by();
    }

    /**
     * A record of which the two say different things.
     *
     * @param number from 1
     */
    public record Difference(long number, Fate old, Fate now) {}

    /**
     * A count under both.
     *
     * @param what is counted
     */
    public record Pair(String what, long old, long now) {}

    /** Decides the next record under both. */
    public void take(byte[] value, long brokerTimeMillis) {
        Fate before = oldSide.take(value, brokerTimeMillis, offset);
        Fate after = newSide.take(value, brokerTimeMillis, offset);
        offset++;
        repeat();
        if (!before.isLike(after)) {
            differing++;
            if (differences.size() < MOST_DIFFERENCES) {
                differences.add(new Difference(offset, before, after));
            }
        }
        long[] counts = bySite.computeIfAbsent(site(value), name -> new long[2]);
        counts[0] += before.kind() == Fate.Kind.CHANGED ? 1 : 0;
        counts[1] += after.kind() == Fate.Kind.CHANGED ? 1 : 0;
    }

    private String site(byte[] value) {
        if (site == null || reader.read(value) != null) {
            return "";
        }
        Document rec = reader.document();
        int at = rec.at(site);
        String name = rec.kind(at) == JsonKind.STRING ? rec.text(at) : "";
        return bySite.size() < MOST_SITES || bySite.containsKey(name) ? name : OTHER_SITES;
    }

    public long records() {
        return offset;
    }

    /** Where the records went under the old file. */
    public Tally oldTally() {
        return oldSide.tally();
    }

    /** Where they would go under the new one. */
    public Tally newTally() {
        return newSide.tally();
    }

    /** How often each rule was met under either. */
    public List<Pair> byRule() {
        TreeSet<String> rules = new TreeSet<>(oldSide.byRule().keySet());
        rules.addAll(newSide.byRule().keySet());
        return rules.stream()
                .map(rule -> new Pair(
                        rule,
                        oldSide.byRule().getOrDefault(rule, 0L),
                        newSide.byRule().getOrDefault(rule, 0L)))
                .toList();
    }

    /** Changes of keys known before, by site; empty if neither file says what a site is. */
    public List<Pair> bySite() {
        return site == null
                ? List.of()
                : bySite.entrySet().stream()
                        .map(each -> new Pair(each.getKey(), each.getValue()[0], each.getValue()[1]))
                        .toList();
    }

    /** The first records of which the two say different things. */
    public List<Difference> differences() {
        return List.copyOf(differences);
    }

    /** How many there are. */
    public long differing() {
        return differing;
    }

    /** Whether a job under the new file takes over what is known; if not, why, in a sentence. */
    public @Nullable String whyStateIsLost() {
        if (!old.name().equals(now.name())) {
            return "the feed has another name: it begins anew";
        }
        if (!old.key().equals(now.key())) {
            return "the key is another one: what is known of %s keys cannot be carried over (LEAT-317). Give the feed another name, or see --accept of 'leat run'"
                    .formatted(keys());
        }
        return old.log().partitions() == now.log().partitions()
                ? null
                : "log.partitions is another number (LEAT-320). Give the feed another name";
    }

    /** How many keys are known, all of which another key would lose. */
    public long keys() {
        return oldSide.known().size();
    }

    /** For how many keys the new file reads what the old one knows as another value. 0 if the state is not taken over. */
    public long readAgain() {
        return whyStateIsLost() != null
                ? 0
                : newSide.known().entrySet().stream()
                        .filter(each -> {
                            Known known = oldSide.known().get(each.getKey());
                            Compared after = each.getValue().compared();
                            return known != null
                                    && after.paths().stream()
                                            .anyMatch(path ->
                                                    !known.compared().at(path).equals(after.at(path)));
                        })
                        .count();
    }

    /** How many keys would be told if the last scrape of each came once more after the change. 0 if the state is not taken over. */
    public long toldAgain() {
        return whyStateIsLost() != null ? 0 : toldAgain.size();
    }

    /** Lets the record at hand come once more, to what the old file knows by now. */
    private void repeat() {
        Item item = newSide.item();
        Known known = item == null ? null : oldSide.known().get(item.key());
        if (item == null || known == null) {
            return;
        }
        Item again = item.at(Math.max(item.eventTime(), known.eventTime()) + 1);
        if (changes.decide(rereader.reread(known, again), again) instanceof Decision.Told) {
            toldAgain.add(item.key());
        } else {
            toldAgain.remove(item.key());
        }
    }
}
