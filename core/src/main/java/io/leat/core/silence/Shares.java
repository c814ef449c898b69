package io.leat.core.silence;

import io.leat.core.drift.Parts;
import io.leat.core.silence.HighShare.Turn;
import io.leat.core.silence.ShareAlert.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches what a site's records come to: whether they change nothing any more, nearly everything, or are refused. Judged in
 * windows of {@value #WINDOW} records or more, each site against its own past, once it is known for a day and
 * {@value #LEAST_WINDOWS} windows. The same looks give the same alerts. Times in milliseconds since 1970; for one thread.
 *
 * <p>Limit: {@value #MOST_SITES} sites; what comes beyond them is not watched.
 */
public final class Shares {

    /** Of what is remembered, as it is written now. */
    public static final int LAYOUT = 1;

    static final int WINDOW = 50;
    private static final int MOST_SITES = 1_000;
    private static final long LEAST_SPAN = 10_000;
    private static final long LEAST_AGE = 24L * 3_600_000;
    private static final int LEAST_WINDOWS = 20;
    private static final double LEAST_CHANGED = 0.8;
    private static final double LEAST_REFUSED = 0.2;

    private final Map<String, Watched> sites = new TreeMap<>();

    /**
     * How much has come of a site so far.
     *
     * @param refused how many of the records were
     * @param changed how many told that something known has changed
     */
    public record Count(long records, long refused, long changed) {}

    /** One site. */
    private static final class Watched {
        private final HighShare refused = new HighShare(LEAST_REFUSED);
        private final HighShare changed = new HighShare(LEAST_CHANGED);
        private final Standstill standstill = new Standstill();
        private Count counted = new Count(0, 0, 0);
        private long first = Site.NEVER;
        private long begin;
        private long windows;

        void begin(Count count, long at) {
            first = first == Site.NEVER ? at : first;
            counted = count;
            begin = at;
        }

        void pass(Parts parts) {
            first = parts.whole(first);
            windows = parts.whole(windows);
            refused.pass(parts);
            changed.pass(parts);
            standstill.pass(parts);
        }
    }

    /**
     * Nobody knows what came since the last look: it is neither judged nor learned.
     *
     * @param counts of each site, now
     */
    public void skip(Map<String, Count> counts, long at) {
        counts.forEach((name, count) -> {
            Watched site = site(name);
            if (site != null) {
                site.begin(count, at);
            }
        });
    }

    /** Looks at how much has come of each site by now. */
    public List<ShareAlert> look(Map<String, Count> counts, long at) {
        List<ShareAlert> alerts = new ArrayList<>(0);
        new TreeMap<>(counts).forEach((name, count) -> {
            Watched site = site(name);
            if (site == null) {
                return;
            }
            long records = count.records() - site.counted.records();
            if (site.first == Site.NEVER || site.begin == 0 || records < 0) {
                site.begin(count, at);
            } else if (records >= WINDOW && at - site.begin >= LEAST_SPAN) {
                judge(name, site, count, at, alerts);
                site.begin(count, at);
            }
        });
        return alerts;
    }

    private @Nullable Watched site(String name) {
        Watched known = sites.get(name);
        if (known == null && sites.size() < MOST_SITES) {
            known = new Watched();
            sites.put(name, known);
        }
        return known;
    }

    private static void judge(String name, Watched site, Count count, long at, List<ShareAlert> alerts) {
        long records = count.records() - site.counted.records();
        long refused = Math.min(records, count.refused() - site.counted.refused());
        long kept = records - refused;
        long changed = Math.min(kept, Math.max(0, count.changed() - site.counted.changed()));
        boolean isLearning = ++site.windows <= LEAST_WINDOWS || at - site.first < LEAST_AGE;
        double usual = site.refused.usual(at);
        Turn turn = site.refused.take(refused, records, site.begin, at, isLearning);
        if (turn != Turn.NOTHING) {
            alerts.add(alert(Kind.REFUSED, name, turn, site.refused.since(), at, records, refused, usual));
        }
        if (kept < WINDOW) {
            return; // of what is refused nobody knows whether it has changed
        }
        usual = site.changed.usual(at);
        turn = site.changed.take(changed, kept, site.begin, at, isLearning);
        if (turn != Turn.NOTHING) {
            alerts.add(alert(Kind.CHANGED, name, turn, site.changed.since(), at, kept, changed, usual));
        }
        long since = site.standstill.since();
        long run = site.standstill.run() + kept;
        long longest = site.standstill.usual(at);
        turn = site.standstill.take(changed, kept, at, isLearning);
        if (turn != Turn.NOTHING) {
            alerts.add(alert(Kind.UNCHANGED, name, turn, since, at, run, 0, (double) longest));
        }
    }

    private static ShareAlert alert(
            Kind kind, String site, Turn turn, long since, long at, long of, long count, double usual) {
        return new ShareAlert(kind, site, turn == Turn.OVER, since, at, of, (double) count / of, usual);
    }

    /** How many alerts are open, by the word of their kind; also 0. */
    public Map<String, Long> open() {
        Map<String, Long> open = new TreeMap<>();
        open.put(
                word(Kind.REFUSED),
                sites.values().stream().filter(site -> site.refused.isTold()).count());
        open.put(
                word(Kind.CHANGED),
                sites.values().stream().filter(site -> site.changed.isTold()).count());
        open.put(
                word(Kind.UNCHANGED),
                sites.values().stream().filter(site -> site.standstill.isTold()).count());
        return open;
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Gives all that is remembered to {@code parts}, or takes it from there. */
    public void pass(Parts parts) {
        List<String> names = new ArrayList<>(sites.keySet());
        long count = parts.whole(names.size());
        for (int i = 0; i < count; i++) {
            sites.computeIfAbsent(parts.text(i < names.size() ? names.get(i) : ""), name -> new Watched())
                    .pass(parts);
        }
    }
}
