package io.leat.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The independent reference: what a change log must say, computed from the raw records alone.
 *
 * <p>Each key is a register whose newest record wins. Which of several different records of one moment wins is up to the
 * product: any of them is right as the final value, and the exact list of changes is known only of keys that never met
 * such a tie. The final values hold for any order of the records; the list holds for the order they are added in.
 */
public final class LastWriterWins {

    /** What a record says: the fingerprints of all of it and of its compared values. */
    private record Content(Fingerprint whole, Fingerprint compared) {}

    private final Shape shape;
    private final FingerprintTable keys = new FingerprintTable();
    private long[] times = new long[1024];
    private long[] ties = new long[1024];
    private String[] names = new String[1024];
    private boolean[] undecided = new boolean[1024];
    private Content[] newest = new Content[1024];
    /** Further contents at the newest moment of a key. */
    private final Map<Integer, List<Content>> rivals = new HashMap<>();

    private final ChangePrints changes = new ChangePrints();

    private long records;
    private long changed;
    private long unchanged;
    private long stale;
    private long refused;
    private long unsure;

    public LastWriterWins(Shape shape) {
        this.shape = shape;
    }

    /** Adds the value of one raw record. */
    public void add(byte[] value) {
        records++;
        JsonNode rec;
        try {
            rec = PlainJson.parse(value);
        } catch (JacksonException e) {
            refused++;
            return;
        }
        String key = rec.isObject() ? shape.key().of(rec) : null;
        OptionalLong time = key == null ? OptionalLong.empty() : shape.time().micros(rec);
        JsonNode tie = shape.tie() == null ? null : PlainJson.at(rec, shape.tie());
        boolean isTieBroken = tie != null && !(tie.isIntegralNumber() && tie.canConvertToLong());
        if (key == null || time.isEmpty() || isTieBroken || !shape.contract().test(rec)) {
            refused++;
            return;
        }
        Content content = new Content(
                Fingerprint.of(PlainJson.text(rec)),
                Fingerprint.of(shape.compared().text(rec)));
        fold(key, time.getAsLong(), tie == null ? 0 : tie.longValue(), content);
    }

    /** How many records went where; exact if {@code undecided} is 0. */
    public ExpectedTally expectedTally() {
        return new ExpectedTally(records, changed, unchanged, stale, refused, unsure);
    }

    /** How many keys there are. */
    public int keyCount() {
        return keys.size();
    }

    /** Whether the list of changes of a key depends on how the product orders records of one moment. */
    public boolean isUndecided(String keyText) {
        int key = keys.find(Fingerprint.of(keyText));
        return key >= 0 && undecided[key];
    }

    /** The changes in the order told, those of undecided keys among them. */
    ChangePrints changes() {
        return changes;
    }

    Fingerprint key(int number) {
        return keys.get(number);
    }

    String keyText(int number) {
        return names[number];
    }

    int find(Fingerprint key) {
        return keys.find(key);
    }

    boolean isUndecided(int key) {
        return undecided[key];
    }

    /** Whether these compared values may be the final ones of a key. */
    boolean mayEndWith(int key, Fingerprint compared) {
        return newest[key].compared().equals(compared)
                || rivals.getOrDefault(key, List.of()).stream()
                        .anyMatch(rival -> rival.compared().equals(compared));
    }

    private void fold(String name, long time, long tie, Content content) {
        int before = keys.size();
        int key = keys.add(Fingerprint.of(name));
        if (keys.size() > before) {
            makeRoom(key);
            names[key] = name;
            tell(key, time, null, content);
        } else if (time < times[key] || time == times[key] && tie < ties[key]) {
            stale++;
            return;
        } else if (time == times[key] && tie == ties[key]) {
            rival(key, content);
            return;
        } else {
            newer(key, time, content);
        }
        times[key] = time;
        ties[key] = tie;
        newest[key] = content;
    }

    private void newer(int key, long time, Content content) {
        Content was = newest[key];
        List<Content> rivalsWere = rivals.remove(key);
        if (rivalsWere != null
                && rivalsWere.stream().anyMatch(r -> !r.compared().equals(was.compared()))) {
            unsure++;
        } else if (was.compared().equals(content.compared())) {
            unchanged++;
        } else {
            tell(key, time, was, content);
        }
    }

    /** A record of the newest moment: a repeat, or one that might win or lose. */
    private void rival(int key, Content content) {
        List<Content> others = rivals.computeIfAbsent(key, k -> new ArrayList<>(1));
        if (newest[key].whole().equals(content.whole())
                || others.stream().anyMatch(other -> other.whole().equals(content.whole()))) {
            stale++;
        } else {
            unsure++;
            others.add(content);
            undecided[key] |= !newest[key].compared().equals(content.compared());
        }
        if (others.isEmpty()) {
            rivals.remove(key);
        }
    }

    private void tell(int key, long time, @Nullable Content was, Content content) {
        changed++;
        Fingerprint before = was == null ? null : was.compared();
        changes.add(key, ChangePrints.print(keys.get(key), time, before, content.compared()));
    }

    private void makeRoom(int key) {
        if (key == times.length) {
            int more = key * 2;
            times = Arrays.copyOf(times, more);
            ties = Arrays.copyOf(ties, more);
            names = Arrays.copyOf(names, more);
            undecided = Arrays.copyOf(undecided, more);
            newest = Arrays.copyOf(newest, more);
        }
    }
}
