package io.leat.format;

import io.leat.core.Change;
import io.leat.core.Decision;
import io.leat.core.Disorder;
import io.leat.core.Explaining;
import io.leat.core.Feed;
import io.leat.core.HeldNote;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Order;
import io.leat.core.Position;
import io.leat.core.Refusal;
import io.leat.core.Ruling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides the records of some keys again, from the raw topic and the change log alone, and says why each was or was not told.
 *
 * <p>The decisions are those of the {@link Fold}, which the dry run makes and the job is compared with. Where the change log
 * says otherwise, the log is right: what was known goes on from what it says, and the record is marked. First the changes are
 * {@link #logged}, then the records are {@link #take taken}, each partition in its order. Used by one thread.
 */
public final class Tracing {

    private final Feed feed;
    private final Origin origin;
    private final KeyReader keys;
    private final Fold fold;
    private final Map<String, KeyTracing> tracings = new LinkedHashMap<>();
    private final Map<Position, List<KeyTracing>> occasions = new HashMap<>();
    private final Set<String> teaching = new HashSet<>();
    private @Nullable Place now;
    private boolean begun;
    private long lastAppended = Long.MIN_VALUE;

    /** The record that is being taken. */
    private record Place(KeyTracing tracing, Position at) {}

    /**
     * Where the raw topic begins.
     *
     * @param topicId its id; empty if not known
     * @param firstOffsets the first offset there is of each partition; a topic that begins above 0 has lost records
     * @param firstMillis when the oldest record there is was appended, milliseconds since 1970; {@link Long#MIN_VALUE} if
     *     that is not known
     */
    public record Origin(String topicId, Map<Integer, Long> firstOffsets, long firstMillis) {
        public Origin {
            firstOffsets = Map.copyOf(firstOffsets);
        }

        /** Whether records that were there once are gone. */
        public boolean isIncomplete() {
            return firstOffsets.values().stream().anyMatch(first -> first > 0);
        }

        boolean isBefore(LoggedChange logged) {
            Position source = logged.change().source();
            return source.offset() < firstOffsets.getOrDefault(source.partition(), 0L)
                    || logged.atMillis() < firstMillis;
        }
    }

    /**
     * Which records are kept of each key.
     *
     * @param last at most so many, the newest
     * @param only if not {@code null}, the one that stands there and no other
     */
    public record Kept(int last, @Nullable Position only) {
        /** All of them. */
        public static final Kept ALL = new Kept(Integer.MAX_VALUE, null);
    }

    /**
     * @param keys the canonical keys meant
     */
    public Tracing(Feed feed, Set<String> keys, Origin origin, Kept kept) {
        this.feed = feed;
        this.origin = origin;
        this.keys = new KeyReader(feed);
        ScrapeReader reader = new ScrapeReader(feed);
        ToldReader told = new ToldReader(feed);
        this.fold = Fold.ofSomeKeys(feed, origin.topicId(), new Fates(new Explaining(feed, origin.topicId())));
        boolean learns = feed.time().order().bound() instanceof Order.Bound.Learned;
        for (String key : new TreeSet<>(keys)) {
            tracings.put(key, new KeyTracing(key, kept, fold, reader, told));
            if (learns) {
                teaching.add(Disorder.sourceOf(key));
            }
        }
    }

    /** The change log says this: in the order of the log, and before the first record. */
    public void logged(LoggedChange change) {
        KeyTracing tracing = tracings.get(change.change().key());
        if (tracing != null) {
            tracing.logged(change);
        }
    }

    /**
     * Takes a record of the raw topic, whatever its key.
     *
     * @param value its bytes, {@code null} for a record without a value
     * @param appendedMillis the broker's time of it, milliseconds since 1970
     */
    public void take(byte @Nullable [] value, long appendedMillis, Position position, Ruling ruling) {
        begin();
        lastAppended = Math.max(lastAppended, appendedMillis);
        occasions.getOrDefault(position, List.of()).forEach(key -> key.occasion(position, appendedMillis));
        if (value == null || ruling == Ruling.INPUT_ENDED) {
            fold.take(value, appendedMillis, position, ruling);
            return;
        }
        String key = key(value, appendedMillis, position, ruling);
        KeyTracing tracing = key == null ? null : tracings.get(key);
        if (tracing != null && tracing.arrives(value, position, appendedMillis, ruling)) {
            now = new Place(tracing, position);
            fold.take(value, appendedMillis, position, ruling);
            now = null;
            tracing.taken(value, position);
        } else if (tracing == null && key != null && teaching.contains(Disorder.sourceOf(key))) {
            fold.take(value, appendedMillis, position, ruling); // how long its source has to wait, others teach
        }
    }

    /**
     * Nothing more comes.
     *
     * @param nowMillis milliseconds since 1970: whoever has waited long enough by then has been let go
     */
    public void end(long nowMillis) {
        begin();
        long longest = feed.time().order().bound() instanceof Order.Bound.Fixed fixed
                ? fixed.longest().toMillis()
                : Disorder.LONGEST_BOUND;
        if (lastAppended != Long.MIN_VALUE && nowMillis - lastAppended > longest) {
            fold.end();
        }
    }

    /**
     * What became of the records of a key; without any if it has none.
     *
     * @throws IllegalArgumentException if it is not one of those meant
     */
    public KeyTrace of(String key) {
        KeyTracing tracing = tracings.get(key);
        if (tracing == null) {
            throw new IllegalArgumentException("not asked for: " + key);
        }
        return tracing.trace();
    }

    private void begin() {
        if (!begun) {
            begun = true;
            tracings.values().forEach(each -> each.begin(origin, feed.rules().firstSeen())
                    .forEach(at -> occasions
                            .computeIfAbsent(at, none -> new ArrayList<>())
                            .add(each)));
        }
    }

    private @Nullable String key(byte[] value, long appendedMillis, Position position, Ruling ruling) {
        if (ruling == Ruling.RESET) {
            Item reset = ResetReader.read(value, appendedMillis, position);
            return reset == null ? null : reset.key();
        }
        return keys.key(value);
    }

    /** Hears of each fate. */
    private final class Fates implements Fold.Outcome {

        private final Explaining explaining;

        Fates(Explaining explaining) {
            this.explaining = explaining;
        }

        @Override
        public void told(Change change) {
            // it is decided, see below
        }

        @Override
        public void refused(Refusal refusal) {
            Place place = now;
            if (place != null) {
                place.tracing().met(place.at(), new Fate.Refused(refusal));
            }
        }

        @Override
        public void late(Item item) {
            met(item, new Fate.Late(item, true));
        }

        @Override
        public void dropped(Item item) {
            met(item, new Fate.Late(item, false));
        }

        private void met(Item item, Fate fate) {
            KeyTracing tracing = tracings.get(item.key());
            if (tracing != null) {
                tracing.met(item.source(), fate);
            }
        }

        @Override
        public void decided(@Nullable Known before, Item item, Decision decision, List<HeldNote> notes) {
            KeyTracing tracing = tracings.get(item.key());
            if (tracing != null) {
                tracing.decided(
                        new Fate.Decided(item, before, decision, explaining.why(before, item, decision, notes), notes));
            }
        }
    }
}
